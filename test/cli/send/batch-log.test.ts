import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { LoadState } from '../../../lib/adapters/state/state-store.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { dropBatchLog } from '../../../lib/cli/send/drop-batch-log.ts';
import { isBatchLog } from '../../../lib/cli/send/is-batch-log.ts';
import { SEND_ARGUMENTS, SEND_OPTIONS } from '../../../lib/cli/send/options.ts';
import { readRequest, type SendRequest } from '../../../lib/cli/send/request.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';
import { LOADED } from '../sample-load.ts';
import { BATCH_LOG, STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function requestOf(...args: string[]): SendRequest {
  return readRequest(parseOptions(SEND_OPTIONS, args, SEND_ARGUMENTS));
}

const SHOP = 'shop' as NetworkName;

/** Does what the function does about a drop, while the command sleeps: at first nothing, then one thing after the other. */
function loading(system: MemorySystem, key: string, steps: readonly Partial<LoadState>[]) {
  const left: (Partial<LoadState> | undefined)[] = [undefined, ...steps];
  return async (): Promise<void> => {
    const step = left.shift();
    const found = await system.buckets.inputBucket.find(key);
    if (step === undefined || found === undefined) return;
    const stored = await system.state.readLoad(SHOP);
    await system.state.writeLoad({ ...LOADED, network: SHOP, key, identity: found.identity, ...step }, stored?.token);
  };
}

test('a batch log is known by its first line, right or wrong', async () => {
  const { put } = await temporaryFolder();
  const host = new FakeHost({ stdin: BATCH_LOG });
  const isBatch = async (...args: string[]) => isBatchLog(requestOf(...args), host);
  expect(await isBatch(await put('b.json', BATCH_LOG))).toBe(true);
  expect(await isBatch(await put('b.json.gz', gzipSync(`\n${BATCH_LOG}`)))).toBe(true);
  expect(await isBatch(await put('s.json', STREAM_LOG))).toBe(false);
  expect(await isBatch(await put('t.csv', BATCH_LOG))).toBe(false);
  expect(await isBatch('-')).toBe(false);
  const wrong = await put('w.json', '{"D":"0","T":"50"}\n');
  await expect(isBatch(wrong)).rejects.toThrow(
    new UsageError('the degrees of the network, D, must be an integer from 1 to 1000000 (given "0")'),
  );
  await expect(isBatch(await put('b.json', BATCH_LOG), '--rate=5')).rejects.toThrow(/b\.json is a batch log/);
});

test('it is dropped as it is, and its load waited for', async () => {
  const { put } = await temporaryFolder();
  const zipped = gzipSync(BATCH_LOG);
  const file = await put('b.json.gz', zipped);
  const system = new MemorySystem();
  const host = new FakeHost();
  const key = 'shop/batch_log.json.gz';
  const sleep = loading(system, key, [{ phase: 'failed', identity: 'of an older one' }, { phase: 'loading' }, {}]);
  expect(await dropBatchLog(requestOf(file, '--network=shop'), system, { host, sleep })).toBe(0);
  expect(Buffer.from(await system.buckets.inputBucket.get(key))).toEqual(zipped);
  expect(host.stderr.text).toBe(`${file} is loaded as the network shop: 4 events, 2 users\n`);
});

test('what was wrong with it is said', async () => {
  const { put } = await temporaryFolder();
  const system = new MemorySystem();
  const key = 'shop/batch_log.json';
  const sleep = loading(system, key, [{ phase: 'failed', reason: 'a bad day' }]);
  const request = requestOf(await put('b.json', BATCH_LOG), '--network=shop');
  const dropping = dropBatchLog(request, system, { host: new FakeHost(), sleep });
  await expect(dropping).rejects.toThrow('shop/batch_log.json was not loaded: a bad day');
});

test('a load that nobody begins is not waited for until the end of days', async () => {
  const { put } = await temporaryFolder();
  const request = requestOf(await put('b.json', BATCH_LOG));
  const context = { host: new FakeHost(), sleep: async () => undefined };
  await expect(dropBatchLog(request, new MemorySystem(), context)).rejects.toThrow(
    'default/batch_log.json is dropped, and not loaded after 30 minutes; see flagstone status',
  );
});
