/** What a generated network and its two logs are like. The same workload gives the same bytes. */
export interface Workload {
  readonly seed: number;
  readonly users: number;
  /** Prices differ between communities, and nearly all friendships stay within one. */
  readonly communities: number;
  readonly degrees: number;
  readonly tracked: number;
  /** The share of events whose timestamp goes back. */
  readonly lateShare: number;
  readonly hub?: Hub;
  readonly batch: EventMix;
  readonly stream: EventMix;
}

/** One user with very many friends; all of them are made by the first befriend events of the batch log. */
interface Hub {
  readonly friends: number;
  /** Of all purchases. */
  readonly purchaseShare: number;
}

export interface EventMix {
  readonly events: number;
  /** Of all events; the rest changes friendships. */
  readonly purchaseShare: number;
  /** Of the events that change friendships; the rest are unfriendings. */
  readonly befriendShare: number;
  /** The share of purchases planted far above what the buyer's community pays. */
  readonly anomalousShare: number;
}
