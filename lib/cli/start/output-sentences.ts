import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { ANOMALIES_PREFIX } from '../../core/transactions-cloud/output-objects.ts';
import { readableAnomalies, readableFlagged } from '../flagged/readable-lines.ts';
import { counted, withThousands } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { reportSentence } from './report-sentence.ts';

export interface OutputObject {
  readonly key: string;
  readonly output: ObjectStore;
  readonly paint: Paint;
}

interface Told {
  readonly text: string;
  readonly network: string;
  readonly paint: Paint;
}

/** As many flagged purchases of one object as are shown. */
const MOST_SHOWN = 20;

const SENTENCES = {
  flagged: flaggedSentences,
  rejected: rejectedSentences,
  anomalies: ({ text, paint }) => linesOf(readableAnomalies(text, paint)),
  reports: ({ text, paint }) => [reportSentence(text, paint)],
} as const satisfies Readonly<Record<string, (told: Told) => string[]>>;

const KEY = /^(flagged|rejected|anomalies|reports)\/(?:network=([^/]+)\/)?/;

/** Many users can have anomalous transactions at once, each in an object of their own. */
export function comesInCrowds(key: string): boolean {
  return key.startsWith(ANOMALIES_PREFIX);
}

/** What an object that has appeared in the output bucket tells, for people. */
export async function sentencesOn({ key, output, paint }: OutputObject): Promise<string[]> {
  const [, kind = '', network = ''] = KEY.exec(key) ?? [];
  if (!Object.hasOwn(SENTENCES, kind)) return [];
  const text = new TextDecoder().decode(await output.get(key));
  const sentences = SENTENCES[kind as keyof typeof SENTENCES]({ text, network, paint });
  return network === '' ? sentences : sentences.map((sentence) => `${paint('cyan', network)}  ${sentence}`);
}

function flaggedSentences({ text, paint }: Told): string[] {
  const lines = linesOf(text);
  const shown = linesOf(readableFlagged(lines.slice(0, MOST_SHOWN).join('\n'), paint));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `and ${withThousands(more)} more`] : shown;
}

function rejectedSentences({ text, network, paint }: Told): string[] {
  const count = paint('yellow', `${counted(linesOf(text).length, 'line')} rejected`);
  return [`${count}; see flagstone flagged ${network === '' ? '--transactions' : `--network=${network}`} --rejected`];
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
