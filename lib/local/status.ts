/** How a running system is: the contract of `flagstone status --json`, but for the loads. */
export interface RunStatus {
  readonly healthy: boolean;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, string>>;
  readonly components: readonly Component[];
  /** By the names of the mappings. */
  readonly lag: Readonly<Record<string, Lag>>;
}

export interface Component {
  readonly name: string;
  readonly healthy: boolean;
  /** A few words: what it is at, or what is wrong. */
  readonly detail: string;
}

/** How far a mapping is behind the newest record of its stream. */
interface Lag {
  /** Those read and not yet dealt with; the stream may hold more. */
  readonly records: number;
  readonly milliseconds: number;
}
