import { widen } from '../events/widen.ts';
import { isNewer, SEQUENCE, TIME } from './purchase-record.ts';
import type { PurchaseWindows } from './purchase-windows.ts';

/** Walks the purchases of some users together, newest first: a binary heap of the users, by the newest purchase each has left. */
export class WindowMerge {
  readonly #windows: PurchaseWindows;
  #size = 0;
  #users = new Int32Array(0);
  /** Where the user's next purchase stands in the windows. */
  #places = new Int32Array(0);
  #times = new Float64Array(0);
  #sequences = new Float64Array(0);

  constructor(windows: PurchaseWindows) {
    this.#windows = windows;
  }

  /** Begins with the users that stand in `users` from one place to before another; those without purchases are passed over. */
  start(users: Int32Array, from: number, to: number): void {
    this.#reserve(to - from);
    const windows = this.#windows;
    let size = 0;
    for (let at = from; at < to; at++) {
      const user = users[at]!;
      const time = windows.newestTime(user);
      if (time === -Infinity) continue;
      this.#users[size] = user;
      this.#places[size] = windows.newestPlace(user);
      this.#times[size] = time;
      this.#sequences[size] = windows.newestSequence(user);
      size++;
    }
    this.#size = size;
    for (let at = (size >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The user whose purchase comes next; -1 at the end. */
  get user(): number {
    return this.#size === 0 ? -1 : this.#users[0]!;
  }

  /** Takes the next purchase: returns its place in the windows. */
  take(): number {
    const user = this.#users[0]!;
    const place = this.#places[0]!;
    const older = this.#windows.olderPlace(user, place);
    if (older >= 0) {
      const page = this.#windows.pageOf(older);
      const at = this.#windows.offsetOf(older);
      this.#places[0] = older;
      this.#times[0] = page[at + TIME]!;
      this.#sequences[0] = page[at + SEQUENCE]!;
    } else {
      this.#size--;
      this.#move(this.#size, 0);
    }
    this.#sink(0);
    return place;
  }

  #sink(from: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const user = this.#users[from]!;
    const place = this.#places[from]!;
    const time = times[from]!;
    const sequence = sequences[from]!;
    let at = from;
    for (let child = 2 * at + 1; child < this.#size; child = 2 * at + 1) {
      const sibling = child + 1;
      if (sibling < this.#size && isNewer(times[sibling]!, sequences[sibling]!, times[child]!, sequences[child]!)) {
        child = sibling;
      }
      if (!isNewer(times[child]!, sequences[child]!, time, sequence)) break;
      this.#move(child, at);
      at = child;
    }
    this.#users[at] = user;
    this.#places[at] = place;
    times[at] = time;
    sequences[at] = sequence;
  }

  #move(from: number, to: number): void {
    this.#users[to] = this.#users[from]!;
    this.#places[to] = this.#places[from]!;
    this.#times[to] = this.#times[from]!;
    this.#sequences[to] = this.#sequences[from]!;
  }

  #reserve(size: number): void {
    this.#users = widen(this.#users, size);
    this.#places = widen(this.#places, size);
    this.#times = widen(this.#times, size);
    this.#sequences = widen(this.#sequences, size);
  }
}
