/** Stored bytes that this program cannot read: of a later format, or damaged. Nothing may be written over them. */
export class UnreadableStateError extends Error {
  override readonly name = 'UnreadableStateError';

  constructor(what: string, fault: string) {
    super(`the stored ${what} cannot be read: ${fault}`);
  }
}

/** @throws UnreadableStateError if something is stored in another format than the one that is known. */
export function expectFormat(what: string, format: unknown, known: number): void {
  if (format === known) return;
  throw new UnreadableStateError(
    what,
    `its format is ${String(format)}, this version of Flagstone reads format ${known}`,
  );
}
