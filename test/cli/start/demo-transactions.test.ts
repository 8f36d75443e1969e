import { expect, test } from 'vitest';
import { DemoProgress } from '../../../lib/cli/start/demo-progress.ts';
import { DEMO_NAME, runDemoTransactions } from '../../../lib/cli/start/demo-transactions.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import { MemorySystem } from '../memory-system.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function demo() {
  const { folder } = await temporaryFolder();
  const progress = new DemoProgress(folder);
  /** Puts until there are so many on the stream. */
  const run = async (count: number) => {
    const system = new MemorySystem();
    const stop = new AbortController();
    const putAll = system.stream.putAll.bind(system.stream);
    const lines = (): string[] => system.stream.records.flatMap(({ data }) => Buffer.from(data).toString().split('\n'));
    system.stream.putAll = async (records) => {
      await putAll(records);
      if (lines().length >= count) stop.abort();
    };
    let seconds = 0;
    await runDemoTransactions({
      system,
      progress,
      events: 'unused',
      stopped: stop.signal,
      clock: () => (seconds += 100),
      say: () => undefined,
    });
    return lines().map((line) => {
      const parsed = parseTransaction(line);
      if (!parsed.ok) throw new Error(parsed.reason);
      return parsed.value;
    });
  };
  return { run, progress };
}

test('puts transactions of users that nobody else has, of the past, until it is stopped', async () => {
  const { run } = await demo();
  const transactions = await run(200);
  expect(transactions.length).toBeGreaterThanOrEqual(200);
  expect(
    transactions.every(({ id, user }) => id.startsWith(`${DEMO_NAME}-`) && user.startsWith(`${DEMO_NAME}-user-`)),
  ).toBe(true);
  expect(transactions.every(({ time }) => time * 1000 < Date.now())).toBe(true);
});

test('goes on where it was stopped', async () => {
  const { run, progress } = await demo();
  const first = await run(30);
  expect(await progress.readTransactions()).toMatchObject({ sent: first.length });
  const second = await run(30);
  expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(first.length + second.length);
  expect(second[0]!.time).toBeGreaterThanOrEqual(Math.max(...first.map(({ time }) => time)));
});

test('waits for what has not happened yet', async () => {
  const { run, progress } = await demo();
  const yesterday = Math.floor(Date.now() / 1000) - 86_400;
  await progress.writeTransactions({ start: yesterday, sent: 0 });
  const transactions = await run(20);
  expect(transactions.every(({ time }) => time >= yesterday && time * 1000 < Date.now())).toBe(true);
});
