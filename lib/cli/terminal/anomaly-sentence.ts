import type { Severity } from '../../core/transactions/judgement.ts';
import type { Paint } from './paint.ts';
import { shortPrintable } from './printable.ts';
import { userName } from './purchase-sentence.ts';

const LONGEST_TEXT = 160;

const COLOURS = { low: 'dim', medium: 'yellow', high: 'red' } as const satisfies Record<Severity, string>;

/** Who spent how much on what, how unusual that is, and the first reason why; of the fields of a line of the output bucket. */
export function anomalySentence(fields: Partial<Record<string, unknown>>, paint: Paint): string {
  const { user_id: user, amount, merchant_category: category, location, timestamp, severity, reasons } = fields;
  const who = paint('bold', `User ${userName(String(user))}`);
  const much = paint('bold', paint('red', shown(amount)));
  const what = `${who} spent ${much} on ${shown(category)} in ${shown(location)} on ${shown(timestamp)}`;
  return `${what}  ${severityOf(severity, paint)}: ${firstReason(reasons)}`;
}

function severityOf(severity: unknown, paint: Paint): string {
  const known = Object.entries(COLOURS).find(([name]) => name === severity);
  return known === undefined ? shown(severity) : paint(known[1], known[0]);
}

function firstReason(reasons: unknown): string {
  const [first] = Array.isArray(reasons) ? (reasons as readonly unknown[]) : [];
  const text = typeof first === 'object' && first !== null && 'text' in first ? first.text : 'no reason is known';
  return shown(text);
}

function shown(value: unknown): string {
  return shortPrintable(String(value), LONGEST_TEXT);
}
