/** How a running system is: the contract of `flagstone status --json`, but for the loads. */
export interface RunStatus {
  readonly healthy: boolean;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, string>>;
  readonly components: readonly Component[];
  /** By the functions that the stream's mappings call. */
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
  /** Those read and not yet dealt with; the stream may hold more. AWS does not tell. */
  readonly records?: number;
  readonly milliseconds: number;
}

/** The component that stands for a mapping of the stream. */
export function nameOfMapping(functionName: string): string {
  return `stream to ${functionName}`;
}
