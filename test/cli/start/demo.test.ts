import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LoadState } from '../../../lib/adapters/state/state-store.ts';
import { DEMO_NETWORK, runDemo } from '../../../lib/cli/start/demo.ts';
import { DemoProgress } from '../../../lib/cli/start/demo-progress.ts';
import { MemorySystem } from '../memory-system.ts';
import { LOADED } from '../sample-load.ts';
import { BATCH_LOG, STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const LOAD: LoadState = { ...LOADED, network: DEMO_NETWORK, key: 'demo/batch_log.json' };

async function demo(load: Partial<LoadState> = {}) {
  const { folder } = await temporaryFolder();
  await writeFile(path.join(folder, 'batch_log.json'), BATCH_LOG);
  await writeFile(path.join(folder, 'stream_log.json'), STREAM_LOG);
  const system = new MemorySystem();
  await system.state.writeLoad({ ...LOAD, ...load }, undefined);
  const progress = new DemoProgress(folder);
  const said: string[] = [];
  const run = async (stopped = new AbortController().signal): Promise<void> => {
    let seconds = 0;
    await runDemo({
      system,
      progress,
      events: folder,
      stopped,
      clock: () => (seconds += 100),
      say: (sentence) => said.push(sentence),
    });
  };
  const put = (): string => system.stream.records.map(({ data }) => new TextDecoder().decode(data)).join('');
  return { system, progress, said, run, put };
}

test('drops the batch log, and then puts the stream log', async () => {
  const { system, run, put, progress, said } = await demo();
  await run();
  expect(new TextDecoder().decode(await system.buckets.inputBucket.get('demo/batch_log.json'))).toBe(BATCH_LOG);
  expect(put()).toContain('1601.83');
  expect(put()).toContain('"source":"demo"');
  expect(await progress.read()).toMatchObject({ isDone: true });
  expect(said.at(-1)).toMatch(/has been replayed/);
});

test('is done once', async () => {
  const { system, run, said } = await demo();
  await run();
  const { length } = system.stream.records;
  await run();
  expect(system.stream.records).toHaveLength(length);
  expect(said.at(-1)).toMatch(/in already/);
});

test('goes on where it was stopped', async () => {
  const { system, run, put, progress } = await demo();
  await progress.write({ isDropped: true, lines: 1, isDone: false });
  await run();
  expect(await system.buckets.inputBucket.find('demo/batch_log.json')).toBeUndefined();
  expect(put()).not.toContain('1601.83');
  expect(put()).toContain('"offset":1');
});

test('a batch log that cannot be loaded ends it', async () => {
  const { system, run, said } = await demo({ phase: 'failed', reason: 'why not' });
  await run();
  expect(said).toEqual(['the sample batch log could not be loaded: why not']);
  expect(system.stream.records).toEqual([]);
});

test('it stops with the run', async () => {
  const { system, run, progress } = await demo({ phase: 'loading' });
  await run(AbortSignal.abort());
  expect(system.stream.records).toEqual([]);
  expect(await progress.read()).toMatchObject({ isDropped: true, isDone: false });
});

test('it needs a new folder, or one of its own', async () => {
  const { progress } = await demo();
  expect([await progress.mayRun(true), await progress.mayRun(false)]).toEqual([true, false]);
  await progress.write({ isDropped: true, lines: 0, isDone: false });
  expect(await progress.mayRun(false)).toBe(true);
});
