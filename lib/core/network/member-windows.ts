import type { Seconds } from '../events/event.ts';
import { widen } from '../events/widen.ts';
import { isSurelyUsual } from './anomaly-rule.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { PurchaseList } from './purchase-list.ts';
import { TIME } from './purchase-record.ts';
import type { PurchaseWindows } from './purchase-windows.ts';

// Costs relative to looking at one friend during the search, as measured by the bench on networks of 100,000 users.
const MEMBER_COST = 3;
const PURCHASE_COST = 10;

/** What {@link MemberWindows.collect} costs, relative to looking at one friend during the search. */
export function membersCost(members: number, tracked: number): number {
  return members * MEMBER_COST + tracked * PURCHASE_COST;
}

/**
 * How far back to look, relative to what earlier judgements needed: first for less than T purchases, which often are enough
 * to tell that the amount is usual; then for some more than T; and where that was not enough, so many times further.
 */
const FIRST_LOOK = 0.6;
const SECOND_LOOK = 1.3;
const STEP = 4;
const SMOOTHING = 1 / 8;

/**
 * Finds a network's latest purchases in the windows of its members. Several short passes instead of a merge: where the
 * rounds of a loop do not wait for each other, the processor fetches the memory of many at once.
 *
 * If all users bought alike, T purchases of M members would reach back a time proportional to 1/M: this proportion is
 * learnt from one judgement to the next, so that the first look back nearly always finds just enough.
 */
export class MemberWindows {
  /** Only there so that the compiler does not find {@link MemberWindows.#warm} useless. */
  warmed = 0;
  readonly #windows: PurchaseWindows;
  #recent = new Int32Array(0);
  #recentCount = 0;
  /** Of the recent buyers those who have more than their newest purchase to give. */
  #further = new Int32Array(0);
  #furtherCount = 0;
  /** Seconds that one member's windows would have to reach back. */
  #memberSeconds = 1;

  constructor(windows: PurchaseWindows) {
    this.#windows = windows;
  }

  /** Adds the T latest purchases by anyone reached but the one in the centre. */
  collect(near: Neighbourhood, tracked: number, list: PurchaseList): void {
    const windows = this.#windows;
    const members = near.count - 1;
    list.clear();
    if (members === 0 || windows.recentTime === -Infinity) return;
    windows.reserve(near.userCount);
    const expected = (this.#memberSeconds / members) * SECOND_LOOK;
    const longest = windows.recentTime - windows.oldestTime;
    let seconds = expected;
    this.#collectSince(windows.recentTime - seconds, near, list);
    while (list.count < tracked && seconds < longest) {
      seconds = Math.max(1, seconds * STEP);
      list.clear();
      this.#collectSince(windows.recentTime - seconds, near, list);
    }
    if (list.count < tracked) return;
    list.keepLatest(tracked);
    this.#learn(Math.max(0, windows.recentTime - list.oldestTime()) * members, seconds > expected);
  }

  /**
   * Whether an amount in millionths is surely usual among the T latest purchases: a glance at the latest of them, which
   * decides three of four judgements. False tells nothing. Leaves the list with some of them in it.
   */
  isSurelyUsual(near: Neighbourhood, tracked: number, amount: number, list: PurchaseList): boolean {
    const windows = this.#windows;
    if (windows.recentTime === -Infinity) return false;
    windows.reserve(near.userCount);
    const earliest = windows.recentTime - (this.#memberSeconds / (near.count - 1)) * FIRST_LOOK;
    this.#chooseRecent(near, earliest);
    const atLeast = this.#countNewest(earliest, amount);
    list.clear();
    this.#collectFurther(earliest, list);
    // Up to T purchases of which none that is missing is newer: all of them are among the T latest.
    const isAmongLatest = this.#recentCount + list.count <= tracked;
    return isAmongLatest && isSurelyUsual(atLeast + list.atLeast, tracked);
  }

  #learn(memberSeconds: number, isSurprise: boolean): void {
    this.#memberSeconds += (memberSeconds - this.#memberSeconds) * (isSurprise ? 1 : SMOOTHING);
  }

  #collectSince(earliest: Seconds, near: Neighbourhood, list: PurchaseList): void {
    const windows = this.#windows;
    this.#chooseRecent(near, earliest);
    this.#warm(this.#recent, this.#recentCount);
    for (let index = 0; index < this.#recentCount; index++) {
      const member = this.#recent[index]!;
      this.#collectFrom(windows.newestPlace(member), member, earliest, list);
    }
  }

  #chooseRecent({ members, count }: Neighbourhood, earliest: Seconds): void {
    const { newestTimes } = this.#windows;
    this.#recent = widen(this.#recent, count);
    const recent = this.#recent;
    let recentCount = 0;
    for (let at = 1; at < count; at++) {
      const member = members[at]!;
      recent[recentCount] = member;
      recentCount += newestTimes[member]! >= earliest ? 1 : 0;
    }
    this.#recentCount = recentCount;
  }

  /** Counts the recent buyers whose newest purchase is at least as large, and notes those who have further recent ones. */
  #countNewest(earliest: Seconds, amount: number): number {
    const { newestAmounts, nextTimes } = this.#windows;
    this.#further = widen(this.#further, this.#recentCount);
    const further = this.#further;
    let furtherCount = 0;
    let atLeast = 0;
    for (let index = 0; index < this.#recentCount; index++) {
      const member = this.#recent[index]!;
      atLeast += newestAmounts[member]! >= amount ? 1 : 0;
      further[furtherCount] = member;
      furtherCount += nextTimes[member]! >= earliest ? 1 : 0;
    }
    this.#furtherCount = furtherCount;
    return atLeast;
  }

  #collectFurther(earliest: Seconds, list: PurchaseList): void {
    const windows = this.#windows;
    this.#warm(this.#further, this.#furtherCount);
    for (let index = 0; index < this.#furtherCount; index++) {
      const member = this.#further[index]!;
      this.#collectFrom(windows.olderPlace(member, windows.newestPlace(member)), member, earliest, list);
    }
  }

  /** Has the members' newest blocks brought into the cache, all at the same time. */
  #warm(members: Int32Array, count: number): void {
    const windows = this.#windows;
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const place = windows.newestPlace(members[index]!);
      sum += windows.pageOf(place)[windows.offsetOf(place)]!;
    }
    this.warmed = sum;
  }

  #collectFrom(newest: number, member: number, earliest: Seconds, list: PurchaseList): void {
    const windows = this.#windows;
    for (let place = newest; place >= 0; place = windows.olderPlace(member, place)) {
      const page = windows.pageOf(place);
      const at = windows.offsetOf(place);
      if (page[at + TIME]! < earliest) return;
      list.add(member, page, at);
    }
  }
}
