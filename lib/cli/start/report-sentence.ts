import { counted } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

/** What the functions report on a dropped log. */
interface Report {
  readonly key: string;
  readonly outcome: keyof typeof SENTENCES;
  readonly D?: number;
  readonly T?: number;
  readonly events?: number;
  readonly users?: number;
  readonly lines?: number;
  readonly rejected?: number;
  readonly reason?: string;
}

const SENTENCES = {
  loaded: ({ events = 0, users = 0, rejected = 0, D, T }: Report, paint: Paint) => {
    const counts = [counted(events, 'event'), counted(users, 'user'), counted(rejected, 'rejected line')].join(', ');
    return `is ${paint('green', 'loaded')}: ${counts}, D = ${D}, T = ${T}`;
  },
  put: ({ lines = 0 }: Report, paint: Paint) => `is ${paint('green', 'on the stream')}: ${counted(lines, 'line')}`,
  failed: notUsed,
  refused: notUsed,
} as const;

/** What became of a dropped log. */
export function reportSentence(text: string, paint: Paint): string {
  const report = JSON.parse(text) as Report;
  return `${printable(report.key)} ${SENTENCES[report.outcome](report, paint)}`;
}

function notUsed({ reason = '' }: Report, paint: Paint): string {
  return `${paint('red', 'was not used')}: ${printable(reason)}`;
}
