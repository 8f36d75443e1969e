/** Something that the caller can put right: another option, another file. Its message is one line, made for them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const EXIT_CODES = { done: 0, unexpected: 1, usage: 2 } as const;

/** The one place where an error becomes an exit code. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError ? EXIT_CODES.usage : EXIT_CODES.unexpected;
}
