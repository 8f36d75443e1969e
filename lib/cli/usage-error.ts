import type { Parsed } from '../core/events/event.ts';

/** Something that the caller can put right: another option, another file. Its message is one line, made for them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was read from an option. @throws UsageError with the reason why it could not be */
export function valueOf<Value>(parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw new UsageError(parsed.reason);
}

/** The command wants a system that runs, and none does. */
export class NothingRuns extends Error {
  override readonly name = 'NothingRuns';
}

export const EXIT_CODES = { done: 0, unexpected: 1, usage: 2, nothingRuns: 3 } as const;

/** The one place where an error becomes an exit code. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT_CODES.usage;
  return error instanceof NothingRuns ? EXIT_CODES.nothingRuns : EXIT_CODES.unexpected;
}
