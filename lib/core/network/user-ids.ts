import type { UserId } from '../events/event.ts';
import type { ScannedId } from '../events/event-scanner.ts';
import { hashId, numberOf } from '../events/id-hash.ts';
import { widen } from '../events/widen.ts';

const encoder = new TextEncoder();
const ASCII = /^[\x20-\x7e]*$/;
/** Longer runs of occupied places are a sign of ids chosen to collide; those go to a Map, whose hash is seeded. */
const LONGEST_PROBE = 32;

/**
 * Numbers the users from 0 in the order in which they are first seen.
 * An open-addressing hash table over the ids' bytes, so that ids in scanned lines are found without making strings of them.
 */
export class UserIds {
  count = 0;
  /** By an id that is a small number: its user's number + 1, or 0. */
  #numbers = new Int32Array(16);
  /** Places that are not free, or more. */
  #occupied = 0;
  /** Pairs of an id's hash and its user's number + 1, which is 0 where the place is free. */
  #places = new Int32Array(2 * 16);
  /** The ASCII ids one after the other; a user's id goes from `starts[user]` to `starts[user + 1]`. */
  #bytes = new Uint8Array(64);
  #starts = new Uint32Array(8);
  /** Users whose ids are not ASCII or collide: few. */
  readonly #others = new Map<string, number>();
  readonly #otherIds = new Map<number, string>();
  readonly #decoder = new TextDecoder();

  /** The user's number; a new one at first sight. */
  add(id: UserId): number {
    if (!ASCII.test(id)) return this.#others.get(id) ?? this.#addOther(id);
    return this.addScanned(encoder.encode(id), scanned(id));
  }

  /** The user's number, or -1 if the id was never seen. */
  find(id: UserId): number {
    if (!ASCII.test(id)) return this.#others.get(id) ?? -1;
    return this.#findScanned(encoder.encode(id), scanned(id));
  }

  /** As {@link add}, for an id that stands in the bytes of a scanned line. */
  addScanned(bytes: Uint8Array, scanned: ScannedId): number {
    const user = this.#findScanned(bytes, scanned);
    return user < 0 ? this.#addScanned(bytes, scanned) : user;
  }

  idOf(user: number): UserId {
    const other = this.#otherIds.get(user);
    if (other !== undefined) return other as UserId;
    return this.#decoder.decode(this.#bytes.subarray(this.#starts[user], this.#starts[user + 1])) as UserId;
  }

  #findScanned(bytes: Uint8Array, scanned: ScannedId): number {
    if (scanned.number >= 0) return (this.#numbers[scanned.number] ?? 0) - 1;
    const places = this.#places;
    const mask = places.length - 2;
    const hash = scanned.hash;
    let place = firstPlace(hash, mask);
    for (let probe = 0; probe < LONGEST_PROBE; probe++) {
      const user = places[place + 1]! - 1;
      if (user < 0) break;
      if (places[place] === hash && this.#isIdOf(user, bytes, scanned)) return user;
      place = (place + 2) & mask;
    }
    return this.#others.size === 0 ? -1 : (this.#others.get(this.#textOf(bytes, scanned)) ?? -1);
  }

  #isIdOf(user: number, bytes: Uint8Array, { start, end }: ScannedId): boolean {
    const ids = this.#bytes;
    const idStart = this.#starts[user]!;
    if (this.#starts[user + 1]! - idStart !== end - start) return false;
    for (let at = start, idAt = idStart; at < end; at++, idAt++) {
      if (ids[idAt] !== bytes[at]) return false;
    }
    return true;
  }

  #addScanned(bytes: Uint8Array, scanned: ScannedId): number {
    if (scanned.number >= 0) {
      this.#numbers = widen(this.#numbers, scanned.number + 1);
      this.#numbers[scanned.number] = this.count + 1;
    } else {
      if (++this.#occupied * 4 >= this.#places.length) this.#growPlaces();
      if (!this.#occupy(scanned.hash, this.count)) return this.#addOther(this.#textOf(bytes, scanned));
    }
    const start = this.#starts[this.count]!;
    const end = start + scanned.end - scanned.start;
    this.#bytes = widen(this.#bytes, end);
    this.#bytes.set(bytes.subarray(scanned.start, scanned.end), start);
    return this.#endAt(end);
  }

  #addOther(id: string): number {
    this.#others.set(id, this.count);
    this.#otherIds.set(this.count, id);
    return this.#endAt(this.#starts[this.count]!);
  }

  #endAt(end: number): number {
    const user = this.count++;
    this.#starts = widen(this.#starts, this.count + 1);
    this.#starts[this.count] = end;
    return user;
  }

  #occupy(hash: number, user: number): boolean {
    const places = this.#places;
    const mask = places.length - 2;
    let place = firstPlace(hash, mask);
    for (let probe = 0; probe < LONGEST_PROBE; probe++) {
      if (places[place + 1] === 0) {
        places[place] = hash;
        places[place + 1] = user + 1;
        return true;
      }
      place = (place + 2) & mask;
    }
    return false;
  }

  #growPlaces(): void {
    const old = this.#places;
    this.#places = new Int32Array(old.length * 2);
    for (let place = 0; place < old.length; place += 2) {
      const user = old[place + 1]! - 1;
      if (user < 0 || this.#occupy(old[place]!, user)) continue;
      const id = this.idOf(user);
      this.#others.set(id, user);
      this.#otherIds.set(user, id);
    }
  }

  #textOf(bytes: Uint8Array, { start, end }: ScannedId): string {
    return this.#decoder.decode(bytes.subarray(start, end));
  }
}

/** What the scanner would find of an id that stands by itself. */
function scanned(id: UserId): ScannedId {
  return { start: 0, end: id.length, number: numberOf(id), hash: hashId(id) };
}

function firstPlace(hash: number, mask: number): number {
  return ((hash ^ (hash >>> 15)) << 1) & mask;
}
