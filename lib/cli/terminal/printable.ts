// C0 and C1 control characters, line separators, half surrogates, and what turns the direction of writing:
// a log must not be able to move the cursor, clear the screen or pass one text off as another.
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text that is safe to show on a terminal, in one line. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same, and cut to about so many characters. */
export function shortPrintable(text: string, longest: number): string {
  const safe = printable(text.slice(0, longest + 1));
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}
