import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { readableFlagged } from '../flagged/readable-lines.ts';
import { counted } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

export interface OutputObject {
  readonly key: string;
  readonly output: ObjectStore;
  readonly paint: Paint;
}

/** As many flagged purchases of one object as are shown. */
const MOST_SHOWN = 20;

/** What an object that has appeared in the output bucket tells, for people. */
export async function sentencesOn({ key, output, paint }: OutputObject): Promise<string[]> {
  const [, kind = '', network = ''] = /^(flagged|rejected|reports)\/(?:network=([^/]+)\/)?/.exec(key) ?? [];
  const sentences = Object.hasOwn(SENTENCES, kind) ? SENTENCES[kind as keyof typeof SENTENCES] : undefined;
  if (sentences === undefined) return [];
  return sentences(new TextDecoder().decode(await output.get(key)), network, paint);
}

type Sentences = (text: string, network: string, paint: Paint) => string[];

const SENTENCES = {
  flagged: flaggedSentences,
  rejected: rejectedSentences,
  reports: reportSentences,
} as const satisfies {
  [kind: string]: Sentences;
};

function flaggedSentences(text: string, network: string, paint: Paint): string[] {
  const lines = linesOf(text);
  const shown = linesOf(readableFlagged(lines.slice(0, MOST_SHOWN).join('\n'), paint));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${counted(more, 'more')}`.replace(/s$/, '')] : [])].map(
    (line) => `${paint('cyan', network)}  ${line}`,
  );
}

function rejectedSentences(text: string, network: string, paint: Paint): string[] {
  const count = counted(linesOf(text).length, 'line');
  return [
    `${paint('cyan', network)}  ${paint('yellow', `${count} rejected`)}; see flagstone flagged --network=${network} --rejected`,
  ];
}

interface Report {
  readonly key: string;
  readonly outcome: 'loaded' | 'put' | 'failed' | 'refused';
  readonly load?: number;
  readonly D?: number;
  readonly T?: number;
  readonly events?: number;
  readonly users?: number;
  readonly lines?: number;
  readonly rejected?: number;
  readonly reason?: string;
}

function reportSentences(text: string, network: string, paint: Paint): string[] {
  const report = JSON.parse(text) as Report;
  const key = printable(report.key);
  const name = network === '' ? '' : `${paint('cyan', network)}  `;
  switch (report.outcome) {
    case 'loaded': {
      const { events = 0, users = 0, rejected = 0, D, T } = report;
      const counts = `${counted(events, 'event')}, ${counted(users, 'user')}, ${counted(rejected, 'rejected line')}`;
      return [`${name}${key} is ${paint('green', 'loaded')}: ${counts}, D = ${D}, T = ${T}`];
    }
    case 'put':
      return [`${name}${key} is ${paint('green', 'on the stream')}: ${counted(report.lines ?? 0, 'line')}`];
    case 'failed':
    case 'refused':
      return [`${name}${paint('red', `${key} was not used`)}: ${printable(report.reason ?? '')}`];
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
