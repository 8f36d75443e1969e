import { expect, test } from 'vitest';
import { MemoryObjectStore } from '../../lib/adapters/objects/memory-object-store.ts';
import { dropOf, isAnnounced } from '../../lib/adapters/uploads.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { uploadEvent } from '../cloud/upload-event.ts';

test('an upload is told by its key as it is, its sequencer, its time and its ETag', () => {
  expect(
    dropOf(uploadEvent({ key: 'my shop+1/batch_log.json', sequencer: '0055', at: 1_500_000_001_000, etag: 'e' })),
  ).toEqual({
    key: 'my shop+1/batch_log.json',
    sequencer: '0055',
    at: 1_500_000_001_000,
    etag: 'e',
  });
});

test('an object is the announced one until it is replaced', async () => {
  const store = new MemoryObjectStore();
  await store.put('a', 'one');
  const [first, etag] = [(await store.find('a'))!, '"f97c5d29941bfb1b2fdab0874906ab82"'];
  expect(first.identity.startsWith(etag)).toBe(true);
  const drop = { key: 'a', sequencer: '1', at: 0, etag: etag.slice(1, -1) };
  expect(isAnnounced(first, drop)).toBe(true);
  await store.put('a', 'two');
  expect(isAnnounced((await store.find('a'))!, drop)).toBe(false);
  expect(isAnnounced(first, { ...drop, etag: etag.slice(1, 9) })).toBe(false);
});

test('an announcement that tells no ETag is of whatever is there', async () => {
  const { key, sequencer, at } = dropOf(uploadEvent({ key: 'a', sequencer: '1', at: 0 }));
  const found = { size: 1, etag: '"e"', identity: '"e"@1', lastModified: new Date(0), metadata: {} };
  expect(isAnnounced(found, { key, sequencer, at })).toBe(true);
});

test('tokens are 8 characters that fit into keys, and differ', () => {
  const tokens = Array.from({ length: 1000 }, WORLD.newToken);
  expect(tokens.every((token) => /^[\w-]{8}$/.test(token))).toBe(true);
  expect(new Set(tokens).size).toBe(1000);
});
