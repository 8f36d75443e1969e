import { NaiveDetector, type NaiveFlag, type NaiveParameters } from '../../oracle/naive-detector.ts';
import { flaggedLine, readEvent } from '../../oracle/naive-log.ts';

export interface ReferenceUser {
  readonly friends: readonly string[];
  /** Oldest first. */
  readonly purchases: readonly { readonly time: number; readonly amount: bigint }[];
}

export interface ReferenceFlag extends NaiveFlag {
  readonly line: string;
}

/** One network as it ought to be: every line of its history applied once, to the naive detector. */
export class ReferenceNetwork {
  readonly #detector: NaiveDetector;
  readonly #users = new Set<string>();
  readonly #purchases = new Map<string, { time: number; sequence: number; amount: bigint }[]>();
  purchaseCount = 0;

  constructor(parameters: NaiveParameters) {
    this.#detector = new NaiveDetector(parameters);
  }

  set parameters(parameters: NaiveParameters) {
    this.#detector.parameters = parameters;
  }

  /** Applies a line; 'bad' for one that is no event. */
  apply(text: string): ReferenceFlag | 'fine' | 'bad' {
    const event = readEvent(text);
    if (event === undefined) return 'bad';
    if (event.type !== 'purchase') {
      for (const user of event.users) this.#users.add(user);
      this.#detector.apply(event);
      return 'fine';
    }
    const { user, time, amount } = event;
    const flag = this.#detector.judge(user, amount);
    this.#detector.apply(event);
    this.#users.add(user);
    this.#purchases.set(user, [...(this.#purchases.get(user) ?? []), { time, sequence: this.purchaseCount++, amount }]);
    return flag === undefined ? 'fine' : { ...flag, line: flaggedLine(text, flag) };
  }

  forget(user: string): void {
    this.#detector.forget(user);
    this.#users.delete(user);
    this.#purchases.delete(user);
  }

  /** All users of whom there is anything to know. */
  users(kept: number): Map<string, ReferenceUser> {
    const { parameters } = this.#detector;
    this.#detector.parameters = { ...parameters, degrees: 1 };
    const users = new Map<string, ReferenceUser>();
    for (const id of [...this.#users].toSorted()) {
      const friends = [...this.#detector.network(id)].toSorted();
      const purchases = (this.#purchases.get(id) ?? [])
        .toSorted((one, other) => one.time - other.time || one.sequence - other.sequence)
        .slice(-kept)
        .map(({ time, amount }) => ({ time, amount }));
      if (friends.length > 0 || purchases.length > 0) users.set(id, { friends, purchases });
    }
    this.#detector.parameters = parameters;
    return users;
  }
}
