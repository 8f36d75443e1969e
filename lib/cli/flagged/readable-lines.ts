import { parseEvent } from '../../core/events/parse-event.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable, shortPrintable } from '../terminal/printable.ts';
import { anomalySentence } from '../terminal/anomaly-sentence.ts';
import { purchaseSentence } from '../terminal/purchase-sentence.ts';

const LONGEST_TEXT = 120;

/** Flagged purchases, given as JSON lines, as lines for people: who bought what, and what is usual in their network. */
export function readableFlagged(lines: string, paint: Paint): string {
  return eachLine(lines, (line) => {
    const parsed = parseEvent(line);
    if (!parsed.ok || parsed.value.type !== 'purchase') return printable(line);
    const { mean, sd } = fieldsOf(line);
    const usual = paint('dim', `(mean ${shown(mean)}, standard deviation ${shown(sd)})`);
    return `${purchaseSentence(parsed.value, paint)}  ${usual}`;
  });
}

/** Anomalous transactions: who spent what, and the weightiest reason why that is unusual. */
export function readableAnomalies(lines: string, paint: Paint): string {
  return eachLine(lines, (line) => anomalySentence(fieldsOf(line), paint));
}

/** Rejected lines: the reason, and the line itself below it; of a log also which line it was. */
export function readableRejected(lines: string, paint: Paint): string {
  return eachLine(lines, (object) => {
    const { reason, line, line_number: number, shard } = fieldsOf(object);
    const place = shard === undefined ? paint('yellow', `line ${shown(number)}: `) : '';
    return `${place}${shown(reason)}\n    ${paint('dim', shown(line))}`;
  });
}

function eachLine(lines: string, readable: (line: string) => string): string {
  const all = lines.split('\n').filter((line) => line !== '');
  return all.map((line) => `${readable(line)}\n`).join('');
}

function fieldsOf(line: string): Partial<Record<string, unknown>> {
  return JSON.parse(line) as Partial<Record<string, unknown>>;
}

function shown(value: unknown): string {
  return shortPrintable(String(value), LONGEST_TEXT);
}
