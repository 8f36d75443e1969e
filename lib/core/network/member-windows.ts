import type { NetworkParameters } from '../events/log-header.ts';
import type { Seconds } from '../events/event.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { largest, type PurchaseList } from './purchase-list.ts';
import { TIME } from './purchase-record.ts';
import type { PurchaseWindows } from './purchase-windows.ts';

/**
 * Finds a network's latest purchases in the windows of its members. Three passes instead of a merge: of loops that do not
 * wait for each other's memory, the processor runs several rounds at once.
 */
export class MemberWindows {
  readonly #windows: PurchaseWindows;
  readonly #times: number[] = [];

  constructor(windows: PurchaseWindows) {
    this.#windows = windows;
  }

  /** Adds the T latest purchases by anyone reached but the one in the centre. */
  collect(near: Neighbourhood, { tracked }: Pick<NetworkParameters, 'tracked'>, list: PurchaseList): void {
    const earliest = this.#earliestNeeded(near, tracked);
    for (let at = 1; at < near.count; at++) {
      const member = near.members[at]!;
      if (this.#windows.newestTime(member) >= earliest) this.#collectFrom(member, earliest, list);
    }
    list.keepLatest(tracked);
  }

  /** A time from which on there are at least T purchases, or that of the oldest: enough newest ones of each member tell. */
  #earliestNeeded(near: Neighbourhood, tracked: number): Seconds {
    const perMember = Math.ceil(tracked / (near.count - 1));
    const count = perMember === 1 ? this.#newestTimes(near) : this.#newerTimes(near, perMember);
    return count < tracked ? -Number.MAX_VALUE : largest(this.#times, count, tracked);
  }

  #newestTimes(near: Neighbourhood): number {
    const windows = this.#windows;
    const times = this.#times;
    let count = 0;
    for (let at = 1; at < near.count; at++) {
      const time = windows.newestTime(near.members[at]!);
      times[count] = time;
      count += time === -Infinity ? 0 : 1;
    }
    return count;
  }

  #newerTimes(near: Neighbourhood, perMember: number): number {
    const windows = this.#windows;
    let count = 0;
    for (let at = 1; at < near.count; at++) {
      const member = near.members[at]!;
      let place = windows.newestPlace(member);
      for (let taken = 0; taken < perMember && place >= 0; taken++) {
        this.#times[count++] = windows.pageOf(place)[windows.offsetOf(place) + TIME]!;
        place = windows.olderPlace(member, place);
      }
    }
    return count;
  }

  #collectFrom(member: number, earliest: Seconds, list: PurchaseList): void {
    const windows = this.#windows;
    for (let place = windows.newestPlace(member); place >= 0; place = windows.olderPlace(member, place)) {
      const page = windows.pageOf(place);
      const at = windows.offsetOf(place);
      if (page[at + TIME]! < earliest) return;
      list.add(member, page, at);
    }
  }
}
