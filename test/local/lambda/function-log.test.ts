import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorIn, FunctionLog } from '../../../lib/local/lambda/function-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('lines are added to what an earlier run has written', async () => {
  const file = path.join(await temporaryFolder(), 'logs/worker.log');
  for (const line of ['one', 'two']) {
    const log = new FunctionLog(file);
    log.write(line);
    log.close();
  }
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});

test('a file that has grown large makes way for a new one', async () => {
  const file = path.join(await temporaryFolder(), 'worker.log');
  const log = new FunctionLog(file, 10);
  for (const line of ['0123456789', 'next', 'more']) log.write(line);
  log.close();
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('0123456789\n');
  expect(readFileSync(file, 'utf8')).toBe('next\nmore\n');
  expect(existsSync(`${file}.2`)).toBe(false);
});

test.each([
  ['{"level":"ERROR","message":"no"}', 'no'],
  ['{"level": "CRITICAL", "message":"no","error":{"message":"why"}}', 'no: why'],
  ['{"level":"INFO","message":"\\"level\\":\\"ERROR\\""}', undefined],
  ['{"level":"ERROR",', undefined],
  ['plain text', undefined],
])('of %s the message is %s', (line, message) => {
  expect(errorIn(line)).toBe(message);
});

test('a disk that is full costs lines, not the run', () => {
  // Linux's device for this: whatever is written to it, no space is left.
  const log = new FunctionLog('/dev/full');
  log.write('one');
  log.write('two');
  expect(log.leftOut).toBe(2);
  log.close();
});
