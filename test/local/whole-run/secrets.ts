/**
 * What must not be found in any log, made so that it cannot be there by chance: a word in all that names somebody or something
 * of theirs, digits in all amounts and values.
 */
export const WORD = 'quetzalcoatl';
const DIGITS = '867530986753';

export function secretId(name: string | number): string {
  return `${WORD}-${name}`;
}

/** A usual amount, one of several like it; or one a thousand times as large. */
export function secretAmount(index: number, times: 1 | 1000 = 1): string {
  return `${DIGITS}${times === 1 ? '' : DIGITS.slice(0, 3)}.${10 + (index % 7)}`;
}

const SECRET = new RegExp(`${WORD}|${DIGITS.slice(0, 9)}`, 'i');

/** The lines that hold anything secret, also where it is encoded; `tokens` are further secrets, which only the run knows. */
export function linesWithSecrets(lines: readonly string[], tokens: readonly string[]): string[] {
  return lines.filter((line) => [line, ...decoded(line)].some((text) => isTold(text, tokens)));
}

function isTold(text: string, tokens: readonly string[]): boolean {
  return SECRET.test(text) || tokens.some((token) => text.includes(token));
}

/** What parts of a line say that may be base64. */
function decoded(line: string): string[] {
  return (line.match(/[\w+/-]{16,}={0,2}/g) ?? []).map((text) => Buffer.from(text, 'base64').toString('latin1'));
}
