import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as core from '../lib/core/index.ts';

const README = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

test('the logs of the example give the output of the example', () => {
  const [batch = '', stream = '', output] = blocks('json');
  const [header = '', ...events] = batch.split('\n');
  const parameters = core.parseLogHeader(header);
  if (!parameters.ok) throw new Error(parameters.reason);
  const detector = new core.NetworkDetector(parameters.value);
  const flagged: string[] = [];
  const rejected: string[] = [];
  const read = (log: string, judge: boolean): void => {
    const reader = new core.LogReader({
      detector,
      judge,
      onFlagged: ({ line }) => flagged.push(`${line}\n`),
      onRejected: ({ reason }) => rejected.push(reason),
    });
    reader.read(new TextEncoder().encode(log));
    reader.end();
  };
  read(events.join('\n'), false);
  read(stream, true);
  expect(rejected).toEqual([]);
  expect(flagged.join('')).toBe(output);
});
