import type { RedrivenPart } from '../../core/operations/redrive.ts';
import { withThousands } from '../terminal/numbers.ts';
import { printable } from '../terminal/printable.ts';
import type { RedrivenObject } from './redrive-one.ts';

/** What became of an object, for people. */
export function redrivenLine(object: RedrivenObject, isDryRun: boolean): string {
  const { key, done, reason } = object;
  const told = whatBecameOf(object, isDryRun);
  const text = done ? told.join('; ') : [...told, `left, as ${reason}`].join('; ');
  return printable(`${key.slice(key.lastIndexOf('/') + 1)}  ${text}`);
}

function whatBecameOf({ kind, function: name, parts, done, gone }: RedrivenObject, isDryRun: boolean): string[] {
  if (parts.length > 0) return parts.map((part) => partText(part, isDryRun));
  if (!done) return [];
  if (gone) return ['somebody else has put it back meanwhile'];
  if (kind === 'batch') return ['nothing in it is meant for the function'];
  return [isDryRun ? `${name} would be called again` : `${name} has been called again`];
}

function partText({ name, putBack, applied, deleted, unknown }: RedrivenPart, isDryRun: boolean): string {
  const counts = [
    [putBack, isDryRun ? 'to be put back' : 'put back'],
    [applied, 'applied before'],
    [deleted, 'deleted since'],
    [unknown, 'unknown'],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, verb]) => `${withThousands(count)} ${verb}`);
  return `${name}: ${told.length === 0 ? 'nothing in it' : told.join(', ')}`;
}
