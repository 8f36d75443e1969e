import { beforeEach, describe, expect, test } from 'vitest';
import type { SeriesStore } from '../../lib/adapters/series/series-store.ts';
import { connectedHead, disconnectedHead, newHead } from '../../lib/core/series-cloud/new-head.ts';
import type { SeriesHead } from '../../lib/core/series-cloud/series-head.ts';
import { quietPoint } from '../core/series-cloud/stored-points.ts';

const LATER = Date.UTC(2100, 0, 1);

function headOf(client: string, born = `born-${client}`): SeriesHead {
  const connection = { id: `c-${client}`, at: 1 };
  const connecting = { client, window: 5, limits: 'calibrated', owner: '', now: 1, connection } as const;
  return { ...connectedHead(newHead(connecting, born), connecting), version: 1, commit: 'one' };
}

function chunk(index: number) {
  return { index, points: [quietPoint(index)], latest: index * 1000 };
}

function checkpoint(place: number) {
  return { place, window: 5, limits: 'calibrated', saved: Uint8Array.of(place) } as const;
}

async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** What every store of series has to keep to. */
export function describeSeriesStore(open: () => Promise<SeriesStore>): void {
  let store: SeriesStore;
  beforeEach(async () => {
    store = await open();
  });

  describe('heads', () => {
    test('are read as they were written', async () => {
      const head = { ...headOf('a'), tail: [quietPoint(1), quietPoint(2, { late: true })] };
      expect(await store.readClient('a')).toBeUndefined();
      expect(await store.writeHead(head, undefined, LATER)).toBe(true);
      expect(await store.readClient('a')).toEqual({ head, answered: 0, parked: [] });
    });

    test('replace the one before, and no other', async () => {
      const first = headOf('a');
      const second = { ...first, version: 2 };
      await store.writeHead(first, undefined, LATER);
      expect(await store.writeHead(first, undefined, LATER)).toBe(false);
      expect(await store.writeHead(second, first, LATER)).toBe(true);
      expect(await store.writeHead(second, first, LATER)).toBe(false);
      expect(await store.writeHead({ ...second, version: 3 }, { ...second, born: 'other' }, LATER)).toBe(false);
      expect((await store.readClient('a'))?.head.version).toBe(2);
    });

    test('tell up to where answers are sent, which never goes back within a series', async () => {
      const head = headOf('a');
      await store.writeHead(head, undefined, LATER);
      for (const version of [3, 2]) await store.markAnswered(head, version, LATER);
      expect((await store.readClient('a'))?.answered).toBe(3);
      const reborn = { ...head, born: 'again', version: 2 };
      await store.writeHead(reborn, head, LATER);
      expect((await store.readClient('a'))?.answered).toBe(0);
      await store.markAnswered(reborn, 1, LATER);
      expect((await store.readClient('a'))?.answered).toBe(1);
    });

    test('are listed by the names of their clients, all or those connected', async () => {
      for (const client of ['b', 'a', 'c']) {
        const head = client === 'c' ? disconnectedHead(headOf(client)) : headOf(client);
        await store.writeHead(head, undefined, LATER);
        for (const listing of ['all', 'active'] as const) await store.listClient(client, listing, LATER);
      }
      await store.unlistActive('a');
      await store.listClient('nobody', 'all', LATER);
      const names = async (listing: 'all' | 'active') =>
        (await collected(store.readHeads(listing))).map(({ client }) => client);
      expect([await names('all'), await names('active')]).toEqual([['a', 'b', 'c'], ['b']]);
    });
  });

  test('connections are known again', async () => {
    const connection = { id: 'c=/1', client: 'a b', source: 'source x' };
    await store.writeConnection(connection, LATER);
    expect(await store.readConnection('c=/1')).toEqual(connection);
    expect(await store.readConnection('c2')).toBeUndefined();
  });

  test('messages wait until they are taken away', async () => {
    const entry = { to: 'c', source: 's', sequence: 4, content: { kind: 'fault', reason: 'bad' } } as const;
    for (const key of ['k1', 'k2']) await store.park('a', { key, entry }, LATER);
    await store.park('b', { key: 'k1', entry }, LATER);
    expect(await store.readParked('a')).toEqual([
      { key: 'k1', entry },
      { key: 'k2', entry },
    ]);
    await store.unpark('a', ['k1']);
    expect((await store.readParked('a')).map(({ key }) => key)).toEqual(['k2']);
    expect(await store.readParked('b')).toHaveLength(1);
  });

  test('a client is deleted with all that is kept of it, and no other one', async () => {
    const [old, head, other] = [headOf('a', 'old'), headOf('a', 'new'), headOf('b', 'b')];
    for (const one of [old, head, other]) {
      await store.writeChunk(one, chunk(0), LATER);
      await store.writeCheckpoint(one, checkpoint(32), LATER);
    }
    for (const one of [head, other]) {
      await store.writeHead(one, undefined, LATER);
      await store.writeConnection({ id: `of ${one.client}`, client: one.client, source: 's' }, LATER);
      for (const listing of ['all', 'active'] as const) await store.listClient(one.client, listing, LATER);
    }
    const entry = { to: 'c', source: 's', sequence: 4, content: { kind: 'fault', reason: 'bad' } } as const;
    await store.park('a', { key: 'k', entry }, LATER);

    expect(await store.deleteClient('a', head)).toBe(2);
    expect(await store.readChunk(old, 0)).toBeUndefined();
    expect(await store.readChunk(head, 0)).toEqual(chunk(0));
    expect(await store.readConnection('of a')).toBeDefined();
    expect(await store.deleteHead(old)).toBe(false);
    expect(await store.deleteHead(head)).toBe(true);
    expect(await store.deleteHead(head)).toBe(false);
    expect(await store.deleteClient('a', undefined)).toBe(3);
    expect(await store.readClient('a')).toBeUndefined();
    expect(await store.readParked('a')).toEqual([]);
    expect(await store.readCheckpoint(head)).toBeUndefined();
    expect(await store.readConnection('of a')).toBeUndefined();
    const names = async (listing: 'all' | 'active'): Promise<string[]> =>
      (await collected(store.readHeads(listing))).map(({ client }) => client);
    expect([await names('all'), await names('active')]).toEqual([['b'], ['b']]);
    expect(await store.readChunk(other, 0)).toEqual(chunk(0));
  });

  describe('chunks', () => {
    const head = headOf('a');

    test('are read one by one, or backwards', async () => {
      for (const index of [0, 1, 2, 11]) await store.writeChunk(head, chunk(index), LATER);
      expect(await store.readChunk(head, 11)).toEqual(chunk(11));
      expect(await store.readChunk(head, 5)).toBeUndefined();
      expect((await collected(store.readChunksBefore(head, 11))).map(({ index }) => index)).toEqual([2, 1, 0]);
    });

    test('are one series’ own, though another one had the same client', async () => {
      await store.writeChunk(head, chunk(0), LATER);
      expect(await store.readChunk(headOf('a', 'again'), 0)).toBeUndefined();
    });

    test('have a checkpoint beside them, which never goes back', async () => {
      expect(await store.readCheckpoint(head)).toBeUndefined();
      for (const place of [64, 32]) await store.writeCheckpoint(head, checkpoint(place), LATER);
      const stored = await store.readCheckpoint(head);
      expect(stored && { ...stored, saved: Uint8Array.from(stored.saved) }).toEqual(checkpoint(64));
      await store.writeChunk(head, chunk(3), LATER);
      expect(await collected(store.readChunksBefore(head, 9))).toHaveLength(1);
    });
  });
}
