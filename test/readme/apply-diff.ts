import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Applies a diff as people read it: `+++ FILE`, then lines that stay, go and come; `@@` between two places of a file. Where a
 * file is not there, all of it comes. Lines have no numbers, so each place must be found once, and nowhere else.
 */
export function applyDiff(diff: string, folder: string): void {
  for (const section of diff.split(/^\+\+\+ /m).slice(1)) {
    const [name = '', ...lines] = section.replace(/\n$/, '').split('\n');
    const file = path.join(folder, name);
    if (existsSync(file)) writeFileSync(file, changed(readFileSync(file, 'utf8'), lines, name));
    else create(file, lines);
  }
}

function create(file: string, lines: readonly string[]): void {
  if (!lines.every((line) => line.startsWith('+'))) throw new Error(`there is no ${file} to be changed`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, textOf(lines, '+'));
}

function changed(text: string, lines: readonly string[], name: string): string {
  return lines
    .join('\n')
    .split(/^@@\n/m)
    .reduce((soFar, place) => {
      const placeLines = place.split('\n').filter((line) => line !== '');
      const before = textOf(placeLines, ' -');
      const parts = `\n${soFar}`.split(`\n${before}`);
      if (parts.length !== 2) throw new Error(`${name} has ${parts.length - 1} places like\n${before}`);
      return parts.join(`\n${textOf(placeLines, ' +')}`).slice(1);
    }, text);
}

/** The lines that begin with one of some signs, without it. */
function textOf(lines: readonly string[], signs: string): string {
  return lines
    .filter((line) => signs.includes(line[0] ?? ' '))
    .map((line) => `${line.slice(1)}\n`)
    .join('');
}
