import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RejectedLine } from '../../../lib/core/network/log-reader.ts';
import { orderedFields } from '../../oracle/json-object.ts';
import { flagLogs } from '../../oracle/naive-log.ts';
import { runLogs } from './run-logs.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');

/** Logs with right answers by other programs, kept beside the repository where there are any. */
const OTHERS = join(import.meta.dirname, '../../../../shared/cases');

/** A real log, likewise: nobody has told what is right, but the oracle does. */
const REAL_LOGS = join(import.meta.dirname, '../../../../shared/data');

interface GoldenRejections {
  readonly batch: readonly GoldenRejection[];
  readonly stream: readonly GoldenRejection[];
}

interface GoldenRejection {
  readonly lineNumber: number;
  /** How the reason begins: the rest is the JavaScript engine's own words. */
  readonly reason: string;
  readonly text: string;
}

interface Case {
  readonly name: string;
  readonly folder: string;
}

const golden = casesIn(GOLDEN);
const others = existsSync(OTHERS) ? casesIn(OTHERS) : [];
const realLogs = existsSync(REAL_LOGS) ? [{ name: 'a real log', folder: REAL_LOGS }] : [];

describe.each([...golden, ...others])('$name', ({ folder }) => {
  const batchLog = readFileSync(join(folder, 'batch_log.json'));
  const streamLog = readFileSync(join(folder, 'stream_log.json'));
  const expected = linesOf(readFileSync(join(folder, 'flagged_purchases.json'), 'utf8'));

  test('flags the right purchases, with the right fields, order and digits', async () => {
    const { flagged } = await runLogs(batchLog, streamLog);
    expect(flagged.map(({ line }) => orderedFields(line))).toEqual(expected.map(orderedFields));
  });

  test('is judged alike by the naive oracle', () => {
    const { flagged } = flagLogs({ batchLog: batchLog.toString(), streamLog: streamLog.toString() });
    expect(flagged.map(({ line }) => orderedFields(line))).toEqual(expected.map(orderedFields));
  });
});

describe.each(golden)('$name, to the letter', ({ folder }) => {
  const batchLog = readFileSync(join(folder, 'batch_log.json'));
  const streamLog = readFileSync(join(folder, 'stream_log.json'));

  test('gives the file of flagged purchases', async () => {
    const { flagged } = await runLogs(batchLog, streamLog);
    const text = flagged.map(({ line }) => `${line}\n`).join('');
    expect(text).toBe(readFileSync(join(folder, 'flagged_purchases.json'), 'utf8'));
  });

  test('lists every rejected line, with its number, why, and the line itself', async () => {
    const { rejectedInBatchLog, rejectedInStreamLog } = await runLogs(batchLog, streamLog);
    const { batch, stream } = rejectionsOf(folder);
    expect(shortened(rejectedInBatchLog, batch)).toEqual(batch);
    expect(shortened(rejectedInStreamLog, stream)).toEqual(stream);
  });

  test('gives the same flags without the rejected lines', async () => {
    const { batch, stream } = rejectionsOf(folder);
    const dirty = await runLogs(batchLog, streamLog);
    const clean = await runLogs(without(batch, batchLog), without(stream, streamLog));
    expect(clean.flagged.map(({ line }) => line)).toEqual(dirty.flagged.map(({ line }) => line));
    expect([...clean.rejectedInBatchLog, ...clean.rejectedInStreamLog]).toEqual([]);
  });
});

describe.each([...golden, ...realLogs])('$name, beside the oracle', ({ folder }) => {
  test('gives the same lines, and rejects the same', async () => {
    const batchLog = readFileSync(join(folder, 'batch_log.json'));
    const streamLog = readFileSync(join(folder, 'stream_log.json'));
    const run = await runLogs(batchLog, streamLog);
    const oracle = flagLogs({ batchLog: batchLog.toString(), streamLog: streamLog.toString() });
    expect(run.flagged.map(({ line }) => line)).toEqual(oracle.flagged.map(({ line }) => line));
    expect(numbersOf(run.rejectedInBatchLog)).toEqual(oracle.rejectedInBatchLog);
    expect(numbersOf(run.rejectedInStreamLog)).toEqual(oracle.rejectedInStreamLog);
  });
});

function numbersOf(rejected: readonly RejectedLine[]): number[] {
  return rejected.filter(({ reason }) => reason !== 'not valid UTF-8').map(({ lineNumber }) => lineNumber);
}

function casesIn(folder: string): Case[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: join(folder, name) }));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function rejectionsOf(folder: string): GoldenRejections {
  const file = join(folder, 'rejected.json');
  if (!existsSync(file)) return { batch: [], stream: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as GoldenRejections;
}

/** The reasons as far as the golden ones go. */
function shortened(rejected: readonly RejectedLine[], wanted: readonly GoldenRejection[]): RejectedLine[] {
  return rejected.map((line, index) => ({ ...line, reason: line.reason.slice(0, wanted[index]?.reason.length) }));
}

function without(rejected: readonly GoldenRejection[], log: Buffer): Buffer {
  const numbers = new Set(rejected.map(({ lineNumber }) => lineNumber));
  const lines = log.toString('latin1').split('\n');
  return Buffer.from(lines.filter((_, index) => !numbers.has(index + 1)).join('\n'), 'latin1');
}
