import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { invocationsOf } from '../cli/shell-words.ts';
import { runAsReader } from './programs.ts';
import { COMMAND_LINES } from './readme-text.ts';
import { FLAGGED, startSharedRun } from './shared-run.ts';

/** One local run, and on it every command that the README, or the start itself, tells its reader to paste. */
const run = await startSharedRun();

/** What the README calls in capitals what the run has a name for: INPUT_BUCKET is its inputBucket. */
function filledIn(line: string): string {
  return Object.entries(run.file.resources).reduce(
    (text, [name, value]) => text.replaceAll(name.replaceAll(/[A-Z]/g, '_$&').toUpperCase(), value),
    line,
  );
}

async function paste(line: string): Promise<void> {
  const filled = filledIn(line);
  const invocations = invocationsOf(filled);
  const flagstone = invocations.filter(([program, name]) => program === 'npx' && name === 'flagstone');
  // A pipe is run as a whole, by its shell.
  for (const invocation of flagstone.length > 0 ? flagstone : invocations) await runAsReader(run, filled, invocation);
}

describe('the README', () => {
  test.each(COMMAND_LINES)('%s', { timeout: 90_000 }, async (line) => {
    await expect(paste(line)).resolves.toBeUndefined();
  });

  test('flags what it says it flags', () => {
    expect(readFileSync(path.join(run.folder, 'flagged_purchases.json'), 'utf8')).toBe(FLAGGED);
  });
});

describe('the guide that the start prints', () => {
  const pasted = run
    .said()
    .split('\n')
    .flatMap((line) => /^ {4}(npx .*)$/.exec(line)?.slice(1) ?? []);

  test('tells what to paste', () => expect(pasted.length).toBeGreaterThan(6));

  test.each(pasted)('%s', { timeout: 90_000 }, async (line) => {
    await expect(paste(line)).resolves.toBeUndefined();
  });
});
