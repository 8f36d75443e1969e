import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../infra/rights/declared-rights.ts';
import { flattened } from '../../infra/rights/find-faults.ts';
import { linesWithSecrets, WORD } from './secrets.ts';
import { useAll } from './use-all.ts';
import { startWholeRun, type WholeRun } from './whole-run.ts';

/** What this run does not come to. */
const ELSEWHERE = [
  // Removal goes on for as long as the stream keeps records: it has simulations of its own.
  /^erase /,
  // What functions were given up on, and what was put back of it: likewise.
  /^(?:batch-log|housekeeping|live-events) s3:PutObject Journal\/redriven/,
  /^(?:live-events|transactions) s3:GetObject Journal\/aws\/lambda/,
  /^live-events s3:ListBucket Journal/,
];

let whole: WholeRun;
let tickets: string[] = [];

beforeAll(async () => {
  whole = await startWholeRun();
  tickets = await useAll(whole);
}, 1_200_000);

afterAll(() => whole?.stop(), 60_000);

describe('in a run of the whole system', () => {
  test('no function asks for more than its role may do', () => {
    expect(whole.guard.refused).toEqual([]);
  });

  test('each right of each function is used', () => {
    const sent = Object.entries(FUNCTIONS).flatMap(([name, { sends }]) => {
      return flattened(sends).map((right) => `${name} ${right}`);
    });
    const expected = sent.filter((right) => !ELSEWHERE.some((one) => one.test(right)));
    expect(expected.filter((right) => !whole.guard.used.has(right))).toEqual([]);
  });
});

async function logLines(): Promise<string[]> {
  const folder = path.join(whole.data, 'logs');
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return texts.flatMap((text, at) => text.split('\n').map((line) => `${files[at]}: ${line}`));
}

describe('the logs of all functions', () => {
  test('hold no user, no amount and no token', async () => {
    const lines = await logLines();
    expect(lines.length).toBeGreaterThan(50);
    expect(tickets).toHaveLength(2);
    expect(linesWithSecrets(lines, [...tickets, WORD])).toEqual([]);
  });
});
