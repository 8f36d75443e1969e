import { stripVTControlCharacters, styleText } from 'node:util';
import { expect, test } from 'vitest';
import { readableStatus } from '../../../lib/cli/status/readable-status.ts';
import { readStatus } from '../../../lib/cli/status/system-status.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import type { RunStatus } from '../../../lib/local/status.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { MODELS } from '../../simulation/transactions/models.ts';
import { MemorySystem } from '../memory-system.ts';

const RUN: RunStatus = {
  healthy: true,
  endpoints: { s3: 'http://127.0.0.1:1' },
  resources: { stream: 'events' },
  components: [{ name: 's3', healthy: true, detail: 'answers' }],
  lag: { 'live-events': { records: 0, milliseconds: 0 } },
};
const NOW = Date.UTC(2026, 0, 2);
const STORES = [
  { name: 'stream', healthy: true, detail: 'events is ACTIVE, 1 shard' },
  { name: 'input bucket', healthy: true, detail: 'input can be read' },
  { name: 'output bucket', healthy: true, detail: 'output can be read' },
  { name: 'journal bucket', healthy: true, detail: 'journal can be read' },
  { name: 'state table', healthy: true, detail: 'state has 1 network' },
  { name: 'transaction table', healthy: true, detail: 'transactions has no transactions' },
  { name: 'profile table', healthy: true, detail: 'profiles can be read' },
  { name: 'model', healthy: true, detail: 'none yet; habits alone decide' },
  { name: 'given up on', healthy: true, detail: 'nothing' },
];

async function loading(): Promise<MemorySystem> {
  const system = new MemorySystem();
  const load = {
    network: 'shop' as NetworkName,
    token: 't',
    key: 'shop/batch_log.json',
    sequencer: '1',
    phase: 'loading',
    generation: 'g',
    leaseUntil: 0,
    startedAt: Date.UTC(2026, 0, 1),
    events: 1000,
    users: 1,
    abandoned: [],
  } as const;
  await system.state.writeLoad(load, undefined);
  return system;
}

function statusOf(system: MemorySystem) {
  return readStatus(system, { readRun: async () => RUN, now: NOW });
}

test('a status tells of what runs, of what is stored, and of the loads', async () => {
  const status = await statusOf(await loading());
  expect(status).toEqual({
    ...RUN,
    components: [...RUN.components, ...STORES],
    loads: [
      {
        network: 'shop',
        key: 'shop/batch_log.json',
        phase: 'loading',
        events: 1000,
        users: 1,
        startedAt: '2026-01-01T00:00:00.000Z',
      },
    ],
  });
  const text = stripVTControlCharacters(readableStatus(status, 'the local run on x', styleText));
  expect(text).toMatch(/^The local run on x is healthy\.\n {2}✓ s3 +answers\n/);
  expect(text).toContain(
    '✓ given up on        nothing\nBatch logs\n  shop: shop/batch_log.json is being loaded, 1,000 events, 1 user\n',
  );
});

test('what was given up on is not healthy until it is put back', async () => {
  const system = new MemorySystem();
  await system.buckets.journalBucket.put('aws/lambda/mapping/shard/1', '{}');
  const { healthy, components } = await statusOf(system);
  expect(healthy).toBe(false);
  expect(components.filter((component) => !component.healthy)).toEqual([
    {
      name: 'given up on',
      healthy: false,
      detail: '1 event under journal/aws/lambda/; once the cause is mended, flagstone redrive puts them back',
    },
  ]);
  await system.buckets.journalBucket.remove(['aws/lambda/mapping/shard/1']);
  expect(await statusOf(system)).toMatchObject({ healthy: true });
});

test('a model is told with its age, and that it cannot be used', async () => {
  const system = new MemorySystem();
  const bucket = system.buckets.journalBucket;
  const now = Date.UTC(2026, 0, 1, 18, 30);
  const { key } = await new ModelStore(bucket).publish(MODELS[0]!, { now, token: 't' });
  expect((await statusOf(system)).components).toContainEqual({ name: 'model', healthy: true, detail: '5 hours old' });
  await bucket.put(key, 'damaged');
  expect((await statusOf(system)).components).toContainEqual({
    name: 'model',
    healthy: false,
    detail:
      'the model 20260101T183000000Z-t cannot be used: its checksum is another; the one before stays; flagstone train makes another',
  });
});

test('a store that cannot be read is not healthy, and says why', async () => {
  const system = new MemorySystem();
  system.openState = () => Promise.reject(new Error('gone'));
  const denied = { name: 'AccessDeniedException', $metadata: {}, $fault: 'client' };
  system.describeStream = () =>
    Promise.reject(Object.assign(new Error('may not kinesis:DescribeStreamSummary'), denied));
  system.openUsers = () =>
    Promise.reject(Object.assign(new Error('no such table'), { ...denied, name: 'ResourceNotFoundException' }));
  const status = await statusOf(system);
  expect(status).toMatchObject({ healthy: false, loads: [] });
  const told = Object.fromEntries(status.components.map(({ name, detail }) => [name, detail]));
  expect(told).toMatchObject({
    stream: 'not known, AWS does not allow to look: may not kinesis:DescribeStreamSummary',
    'profile table': 'is not there: no such table',
    'state table': 'not known: gone',
    loads: 'not known: Error: gone',
    'output bucket': 'output can be read',
  });
  expect(stripVTControlCharacters(readableStatus(status, 'it', styleText))).toContain('It is not healthy.\n');
});

test('a stream that is being deleted is not healthy', async () => {
  const system = new MemorySystem();
  system.describeStream = async () => ({ status: 'DELETING', shards: 2 });
  const { components } = await statusOf(system);
  expect(components).toContainEqual({ name: 'stream', healthy: false, detail: 'events is DELETING, 2 shards' });
});
