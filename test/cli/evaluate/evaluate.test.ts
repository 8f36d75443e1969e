import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { evaluate as command } from '../../../lib/cli/evaluate.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { generateTransactions, TRANSACTION_SAMPLE_PATH } from '../../bench/logs/transaction-sample.ts';
import { FakeHost } from '../fake-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SAMPLE = generateTransactions();

interface Figures {
  readonly users: number;
  readonly training: number;
  readonly anomalous: number;
  readonly rejected: number;
  readonly evaluations: readonly {
    readonly mode: string;
    readonly rocAuc: number;
    readonly averagePrecision: number;
    readonly atShare: { readonly flagged: number; readonly precision: number; readonly recall: number };
    readonly kinds: readonly { readonly kind: string; readonly anomalies: number; readonly recall: number }[];
  }[];
}

async function evaluate(args: readonly string[], host = new FakeHost()) {
  const code = await command.read(args)(host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

async function figuresOf(args: readonly string[]): Promise<Figures> {
  return JSON.parse((await evaluate([...args, '--json'])).stdout) as Figures;
}

/** The sample as a CSV file with 0 and 1 for labels. */
function asCsv(lines: string): string {
  const names = ['transaction_id', 'user_id', 'amount', 'timestamp', 'location', 'merchant_category', 'payment_method'];
  const rows = lines
    .trimEnd()
    .split('\n')
    .map((line) => {
      const fields = JSON.parse(line) as Record<string, string> & { label: readonly string[] };
      return [...names.map((name) => `"${fields[name]}"`), Math.min(1, fields.label.length)].join(',');
    });
  return [[...names, 'is_fraud'].join(','), ...rows].join('\n');
}

test('the sample that ships is what the producer makes', async () => {
  expect(await readFile(TRANSACTION_SAMPLE_PATH, 'utf8')).toBe(SAMPLE);
});

test('trains on the first half and tells how the second is told apart, in both modes', async () => {
  const { users, training, anomalous, rejected, evaluations } = await figuresOf([TRANSACTION_SAMPLE_PATH]);
  expect({ users, training, rejected }).toEqual({ users: 12, training: 500, rejected: 0 });
  expect(evaluations.map(({ mode }) => mode)).toEqual(['basic', 'enhanced']);
  for (const { rocAuc, averagePrecision, atShare, kinds } of evaluations) {
    expect(rocAuc).toBeGreaterThan(0.6);
    expect(averagePrecision).toBeGreaterThan(0.1);
    expect(atShare.flagged).toBe(25);
    expect(atShare.recall * anomalous).toBeCloseTo(atShare.precision * 25, 6);
    expect(kinds.reduce((sum, each) => sum + each.anomalies, 0)).toBe(anomalous);
    const found = kinds.reduce((sum, { anomalies, recall }) => sum + anomalies * recall, 0);
    expect(found).toBeCloseTo(atShare.recall * anomalous, 6);
  }
});

test('the same comes from a zipped file and from CSV, but for the kinds', async () => {
  const { put } = await temporaryFolder();
  const plain = await figuresOf([TRANSACTION_SAMPLE_PATH, '--mode=enhanced']);
  expect(await figuresOf([await put('t.json.gz', gzipSync(SAMPLE)), '--mode=enhanced'])).toEqual(plain);
  const csv = await figuresOf([await put('t.csv', asCsv(SAMPLE)), '--mode=enhanced']);
  const kinds = [{ kind: 'anomaly', anomalies: plain.anomalous, recall: plain.evaluations[0]!.atShare.recall }];
  expect(csv).toEqual({ ...plain, evaluations: [{ ...plain.evaluations[0]!, kinds }] });
});

test('more flagged find more, and a longer training leaves fewer to score', async () => {
  const few = await figuresOf([TRANSACTION_SAMPLE_PATH, '--flagged=0.02', '--train-share=0.8', '--mode=basic']);
  const many = await figuresOf([TRANSACTION_SAMPLE_PATH, '--flagged=0.5', '--train-share=0.8', '--mode=basic']);
  expect([few.training, few.evaluations[0]!.atShare.flagged]).toEqual([800, 4]);
  expect(many.evaluations[0]!.atShare.recall).toBeGreaterThan(few.evaluations[0]!.atShare.recall);
});

test('people get tables, and on a terminal the scores drawn', async () => {
  const { code, stdout } = await evaluate([TRANSACTION_SAMPLE_PATH]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1,000 transactions of 12 users: 500 to train on, then 500 scored/);
  expect(stdout).toMatch(/\n {2,}basic {2,}enhanced\nROC-AUC +0\.\d{4} +0\.\d{4}\n/);
  expect(stdout).toMatch(/\nlocation +\d+ +[01]\.\d{4} +[01]\.\d{4}\n/);
  expect(stdout).not.toContain('█');
  const terminal = await evaluate([TRANSACTION_SAMPLE_PATH], new FakeHost({ isTTY: true }));
  expect(terminal.stdout).toContain('█');
  expect(terminal.stderr).toContain('%');
});

test('what is no transaction is left out: told where it should be one, passed over where it is another event', async () => {
  const { put } = await temporaryFolder();
  const purchase = '{"event_type":"purchase","id":"1","amount":"5","timestamp":"2026-01-01 10:00:00"}';
  const bad = '{"event_type":"transaction","transaction_id":"x"}\n'.repeat(22);
  const path = await put('t.json', `${purchase}\n\nnothing\n${bad}${SAMPLE}`);
  const host = new FakeHost();
  const plain = await figuresOf([TRANSACTION_SAMPLE_PATH]);
  await command.read([path, '--json'])(host);
  expect(JSON.parse(host.stdout.text)).toEqual({ ...plain, rejected: 23 });
  expect(host.stderr.text).toContain(`${path}:3: left out: not valid JSON`);
  expect(host.stderr.text).toContain(`${path}:4: left out: user_id is missing`);
  expect(host.stderr.text).toContain(`${path}: 3 further lines left out`);
  expect((await evaluate([path, '--quiet'])).stderr).toBe('');
});

describe('is refused', () => {
  const lines = SAMPLE.split('\n');

  test.each([
    [
      'nothing to train on',
      lines.slice(0, 300).join('\n'),
      /is too short: .* at least 256 transactions .*given 150 of 300/,
    ],
    ['no labels', SAMPLE.replaceAll(/,"label":\[[^\]]*\]/g, ''), /: no transaction has a label/],
    ['an empty file', '', /is too short/],
  ])('%s', async (_, content, message) => {
    const { put } = await temporaryFolder();
    await expect(evaluate([await put('t.json', content)])).rejects.toThrow(message);
  });

  test.each([
    ['an empty CSV file', '', /is empty: the first line must name the columns/],
    [
      'CSV without names',
      'a,b\n1,2\n',
      /the first line must name the columns; missing transaction_id, .*\(given "a,b"\)/,
    ],
    ['CSV with an open quotation mark', `${asCsv(lines.slice(0, 2).join('\n'))}\n"open`, /is no CSV file: /],
  ])('%s', async (_, content, message) => {
    const { put } = await temporaryFolder();
    await expect(evaluate([await put('t.csv', content)])).rejects.toThrow(message);
  });

  test.each([
    [['-'], 'FILE must be a file, for it is read twice (given standard input)'],
    [['f', '--mode=best'], '--mode must be basic, enhanced or all (given "best")'],
    [['f', '--flagged=5'], '--flagged must be a number between 0 and 1, such as 0.5 (given "5")'],
    [['f', '--train-share=0'], '--train-share must be a number between 0 and 1, such as 0.5 (given "0")'],
    [['/no/such/file'], 'cannot read /no/such/file: no such file or directory'],
  ])('%j', async (args, message) => {
    await expect(evaluate(args)).rejects.toThrow(new UsageError(message));
  });
});
