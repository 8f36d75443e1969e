import type { FunctionError } from '../invocation.ts';

/** An event that was accepted for a function, and for which the function has not yet succeeded. */
export interface QueuedEvent {
  /** Also the request id of all its invocations. */
  readonly id: string;
  readonly functionName: string;
  /** JSON. */
  readonly payload: string;
  /** In milliseconds since 1970. */
  readonly acceptedAt: number;
  /** Invocations that failed. */
  readonly failures: number;
  /** Invocations that were refused one after the other. */
  readonly refusals: number;
  /** Not to be tried before, in milliseconds since 1970. */
  readonly notBefore: number;
  readonly lastError?: FunctionError;
}
