/**
 * The rule of the network detector, written down as it is told and as slowly as that goes: every purchase is kept for ever,
 * everything is sorted at every judgement, all arithmetic is in integers. Shares no code with lib/core.
 */

/** An event as the rule sees it: whole seconds, and amounts in millionths. */
export type NaiveEvent =
  | { readonly type: 'purchase'; readonly time: number; readonly user: string; readonly amount: bigint }
  | { readonly type: 'befriend' | 'unfriend'; readonly users: readonly [string, string] };

export interface NaivePurchase {
  readonly user: string;
  readonly time: number;
  /** How many purchases were listed before it. */
  readonly sequence: number;
  readonly amount: bigint;
}

interface NaiveStatistics {
  readonly mean: string;
  readonly sd: string;
  /** mean + 3·sd. */
  readonly limit: string;
}

export interface NaiveFlag extends NaiveStatistics {
  /** Newest first. */
  readonly judgedAgainst: readonly NaivePurchase[];
}

export interface NaiveParameters {
  readonly degrees: number;
  readonly tracked: number;
}

export class NaiveDetector {
  parameters: NaiveParameters;
  readonly #friends = new Map<string, Set<string>>();
  readonly #purchases: NaivePurchase[] = [];

  constructor(parameters: NaiveParameters) {
    this.parameters = parameters;
  }

  /** The T latest purchases of the user's network, newest first. */
  latest(user: string): NaivePurchase[] {
    const network = this.network(user);
    return this.#purchases
      .filter((purchase) => network.has(purchase.user))
      .toSorted((one, other) => other.time - one.time || other.sequence - one.sequence)
      .slice(0, this.parameters.tracked);
  }

  judge(user: string, amount: bigint): NaiveFlag | undefined {
    const judgedAgainst = this.latest(user);
    const amounts = judgedAgainst.map((purchase) => purchase.amount);
    return isAnomalous(amount, amounts) ? { ...statisticsOf(amounts), judgedAgainst } : undefined;
  }

  apply(event: NaiveEvent): void {
    if (event.type === 'purchase') {
      const { user, time, amount } = event;
      this.#purchases.push({ user, time, sequence: this.#purchases.length, amount });
      return;
    }
    const [one, other] = event.users;
    if (event.type === 'befriend') {
      this.#friendsOf(one).add(other);
      this.#friendsOf(other).add(one);
    } else {
      this.#friendsOf(one).delete(other);
      this.#friendsOf(other).delete(one);
    }
  }

  /** As if nothing had ever been heard of the user; the others' purchases keep their places. */
  forget(user: string): void {
    for (const friends of this.#friends.values()) friends.delete(user);
    this.#friends.delete(user);
    for (const [place, purchase] of this.#purchases.entries()) {
      if (purchase.user === user) this.#purchases[place] = { ...purchase, user: '' };
    }
  }

  /** Everyone within D friendships of the user, the user excluded. */
  network(user: string): Set<string> {
    const reached = new Set([user]);
    let frontier = [user];
    for (let degree = 0; degree < this.parameters.degrees && frontier.length > 0; degree++) {
      frontier = frontier.flatMap((member) => [...this.#friendsOf(member)]).filter((friend) => !reached.has(friend));
      for (const friend of frontier) reached.add(friend);
    }
    reached.delete(user);
    return reached;
  }

  #friendsOf(user: string): Set<string> {
    const friends = this.#friends.get(user) ?? new Set();
    this.#friends.set(user, friends);
    return friends;
  }
}

/** x > mean + 3·sd. Times N: N·x − S > 3·√(N·Q − S²), where S is the sum of the amounts and Q that of their squares. */
function isAnomalous(amount: bigint, amounts: readonly bigint[]): boolean {
  if (amounts.length < 2) return false;
  const distance = BigInt(amounts.length) * amount - sumOf(amounts);
  return distance > 0n && distance * distance > 9n * scaledVariance(amounts);
}

/** In hundredths, truncated: the largest integers h with h ≤ mean · 100, with h² ≤ variance · 100², and h ≤ (mean + 3·sd) · 100. */
function statisticsOf(amounts: readonly bigint[]): NaiveStatistics {
  const unit = BigInt(amounts.length) * 10_000n;
  const sum = sumOf(amounts);
  const variance = scaledVariance(amounts);
  return {
    mean: hundredths(largest((candidate) => candidate * unit <= sum)),
    sd: hundredths(largest((candidate) => (candidate * unit) ** 2n <= variance)),
    limit: hundredths(
      largest((candidate) => candidate * unit <= sum || (candidate * unit - sum) ** 2n <= 9n * variance),
    ),
  };
}

/** N² times the population variance: N·Q − S². */
function scaledVariance(amounts: readonly bigint[]): bigint {
  return BigInt(amounts.length) * sumOf(amounts.map((amount) => amount * amount)) - sumOf(amounts) ** 2n;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** The largest integer of at least 0 for which the condition holds, by bisection. */
function largest(holds: (candidate: bigint) => boolean): bigint {
  let low = 0n;
  let high = 1n;
  while (holds(high)) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function hundredths(value: bigint): string {
  return `${value / 100n}.${(value % 100n).toString().padStart(2, '0')}`;
}
