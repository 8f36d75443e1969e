import { stripVTControlCharacters, styleText } from 'node:util';
import { expect, test } from 'vitest';
import { readableStatus } from '../../../lib/cli/status/readable-status.ts';
import { readStatus } from '../../../lib/cli/status/system-status.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import type { RunStatus } from '../../../lib/local/status.ts';
import { MemorySystem } from '../memory-system.ts';

const RUN: RunStatus = {
  healthy: true,
  endpoints: { s3: 'http://127.0.0.1:1' },
  resources: { stream: 'events' },
  components: [{ name: 's3', healthy: true, detail: 'answers' }],
  lag: { mapping: { records: 0, milliseconds: 0 } },
};

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

test('a status tells of the loads, too', async () => {
  const system = await loading();
  const status = await readStatus(
    async () => RUN,
    () => system.openState(),
  );
  expect(status).toEqual({
    ...RUN,
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
  expect(stripVTControlCharacters(readableStatus(status, 'the local run on x', styleText))).toBe(
    'The local run on x is healthy.\n  ✓ s3  answers\nBatch logs\n' +
      '  shop: shop/batch_log.json is being loaded, 1,000 events, 1 user\n',
  );
});

test('a state that cannot be read is not healthy', async () => {
  const status = await readStatus(
    async () => RUN,
    () => Promise.reject(new Error('gone')),
  );
  expect(status).toMatchObject({ healthy: false, loads: [] });
  expect(stripVTControlCharacters(readableStatus(status, 'it', styleText))).toBe(
    'It is not healthy.\n  ✓ s3     answers\n  ✗ state  the loads cannot be read: Error: gone\n',
  );
});
