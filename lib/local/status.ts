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

/** A function that is on its feet is never so far behind; one that fails again and again, or has too much to do, is. */
const LATE_MS = 60_000;

/** The component that stands for a mapping of the stream that works as such: how far behind its function is. */
export function mappingComponent(functionName: string, milliseconds: number): Component {
  const name = nameOfMapping(functionName);
  if (milliseconds === 0) return { name, healthy: true, detail: 'up to date' };
  if (milliseconds < LATE_MS) return { name, healthy: true, detail: `${Math.round(milliseconds)} ms behind` };
  const seconds = Math.round(milliseconds / 1000);
  return { name, healthy: false, detail: `${seconds} s behind; the log of ${functionName} says why` };
}
