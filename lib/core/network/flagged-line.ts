import { jsonMembers } from '../events/json-members.ts';
import type { Statistics } from './anomaly-rule.ts';

const ADDED = new Set(['mean', 'sd']);

/** A flagged purchase's own line with `mean` and `sd` added at its end; where it has such members, they are replaced. */
export function flaggedLine(line: string, { mean, sd }: Pick<Statistics, 'mean' | 'sd'>): string {
  const members = jsonMembers(line);
  const kept = members.filter(({ key }) => !ADDED.has(key));
  const body =
    kept.length === members.length
      ? line.slice(line.indexOf('{') + 1, line.lastIndexOf('}'))
      : kept.map(({ keyStart, valueEnd }) => line.slice(keyStart, valueEnd)).join(', ');
  return `{${body.trimEnd()}, "mean": "${mean}", "sd": "${sd}"}`;
}
