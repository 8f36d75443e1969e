import type { FunctionError } from '../invocation.ts';

/** What a sandbox is told at its start. */
export interface SandboxTask {
  /** The URL of the bundle. */
  readonly bundle: string;
  /** Which of its exports is called. */
  readonly handlerName: string;
  readonly functionName: string;
  readonly memoryMegabytes: number;
}

/** Into the sandbox. */
export interface Call {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** When it will be killed, in milliseconds since 1970. */
  readonly deadline: number;
}

/** Out of the sandbox. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly error: FunctionError }
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly error: FunctionError };
