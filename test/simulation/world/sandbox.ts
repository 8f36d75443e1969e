/** A process that a function runs in: one invocation at a time, and memory that outlives it. */
export interface Sandbox {
  readonly name: string;
  /** How fast it is answered: slow ones let many others pass. */
  readonly pace: number;
  /** How far its clock is ahead of the others' (behind, if less than 0). */
  readonly skewMs: number;
  /** Nothing that it has asked for is answered any more. */
  isDead: boolean;
  /** When the invocation in it began; undefined between two. */
  busySince: number | undefined;
}
