/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
}

export type InvocationResult =
  /** What the function returned, as JSON. */
  | { readonly outcome: 'succeeded'; readonly payload: string }
  /** What the function threw, or how it ended. */
  | { readonly outcome: 'failed'; readonly error: FunctionError }
  /** The function was not called: too many of its invocations are under way. */
  | { readonly outcome: 'throttled' }
  /** The local run ended while the function was at work: it counts for nothing. */
  | { readonly outcome: 'interrupted' };

/** In Lambda's shape. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Calls a function and waits for its answer. */
export type Invoke = (invocation: Invocation) => Promise<InvocationResult>;
