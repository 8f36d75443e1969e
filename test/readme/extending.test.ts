import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { applyDiff } from './apply-diff.ts';
import { blocksOf, ROOT } from './readme-text.ts';

/** What the README says it takes to add something: done to a copy of the repository, which is then held to its own contracts. */
const DIFFS = blocksOf('diff');
const SLOW = { timeout: 240_000 };

const CACHE = path.join(ROOT, 'node_modules/.cache/flagstone-tests');
mkdirSync(CACHE, { recursive: true });
const copy = mkdtempSync(path.join(CACHE, 'copy-'));
afterAll(() => rmSync(copy, { recursive: true }), 60_000);

const PARTS = [
  'bin',
  'lib',
  'functions',
  'test',
  'events',
  'cdk.json',
  'package.json',
  'tsconfig.json',
  '.oxlintrc.json',
];

for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
for (const diff of DIFFS) applyDiff(diff, copy);

/** The suites that what is added must pass, and the names under which it appears in them. */
const SUITES: Readonly<Record<string, readonly string[]>> = {
  'test/core/transactions/detectors.contract.test.ts': ['the cautious detector'],
  'test/core/transactions/signals.contract.test.ts': ['signal 8'],
  'test/functions/api/answers.test.ts': ['the route eventTypes /api/event-types answers'],
  'test/cli/commands.test.ts': ["'names' reads its example: flagstone names"],
  'test/added.test.ts': ['a payment is a transaction'],
};

/** What no table's suite tries of itself: an event of the new type. */
const ADDED = `
import { expect, test } from 'vitest';
import { keyOfTransaction } from '../lib/cli/send/transaction-key.ts';

test('a payment is a transaction', () => {
  expect(keyOfTransaction('{"event_type":"payment","user_id":"u1"}')).toBe('u1');
});
`;

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[]; readonly message: string }[];
}

interface Assertion {
  readonly fullName: string;
  readonly status: string;
}

describe('what the README adds', () => {
  test('is a detector, a signal, a type of event, a route and a command', () => {
    expect(DIFFS).toHaveLength(5);
  });

  test('compiles, and needs no more than that', SLOW, () => {
    const compiled = spawnSync(path.join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit'], { cwd: copy, encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
  });

  test('keeps to the style', SLOW, () => {
    const files = DIFFS.flatMap((diff) => [...diff.matchAll(/^\+\+\+ (.*)$/gm)].map(([, file = '']) => file));
    const prettier = spawnSync(path.join(ROOT, 'node_modules/.bin/prettier'), ['--check', ...files], { cwd: copy });
    expect(String(prettier.stderr)).toBe('');
  });

  test('passes the suites that it appears in', SLOW, () => {
    writeFileSync(path.join(copy, 'test/added.test.ts'), ADDED);
    const vitest = path.join(ROOT, 'node_modules/.bin/vitest');
    const args = ['run', '--config', 'test/vitest.config.ts', ...Object.keys(SUITES)];
    const report = path.join(copy, 'report.json');
    spawnSync(vitest, [...args, '--reporter=json', `--outputFile=${report}`], { cwd: copy, stdio: 'pipe' });
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
    expect([...failed, ...testResults.flatMap(({ message }) => message)].filter((text) => text !== '')).toEqual([]);
    const names = results.map(({ fullName }) => fullName);
    const missing = Object.values(SUITES)
      .flat()
      .filter((name) => !names.some((each) => each.includes(name)));
    expect(missing).toEqual([]);
  });
});
