import type { Paint } from './paint.ts';

/** Lines of text under titles, for people. */
export function sections(parts: Readonly<Record<string, readonly string[]>>, paint: Paint): string {
  return Object.entries(parts)
    .map(([title, lines]) => `${paint('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
}

/** Rows of two columns, the right ones one below the other. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
}
