import { describe, expect, test } from 'vitest';
import { DEFAULT_NETWORK, type NetworkName } from '../../lib/core/network/network-name.ts';
import { testDeletions } from './state-deletion.contract.ts';
import { flagsOf, headOf, loadOf, SHOP } from './state-samples.ts';
import { testFriends, testUsers, type Prepare } from './stored-users.contract.ts';

/** What every state store has to do. `prepare` gives an empty one; `crowd` is how many friends a user of it is tried with. */
export function testStateStore(prepare: Prepare, { crowd }: { crowd: number }): void {
  testHeads(prepare);
  testUsers(prepare);
  testFriends(prepare, crowd);
  testFlags(prepare);
  testLoads(prepare);
  testDeletions(prepare);
}

function testHeads(prepare: Prepare): void {
  describe('heads', () => {
    test('are of no network that nothing has been committed to', async () => {
      const store = await prepare();
      expect(await store.readHead(SHOP)).toBeUndefined();
      expect(await store.listNetworks()).toEqual([]);
    });

    test('come back as they were', async () => {
      const store = await prepare();
      const first = headOf(1);
      expect(await store.writeHead(first)).toBe(true);
      expect(await store.readHead(SHOP)).toEqual(first);
      const second = { ...headOf(2), bodies: ['a', '~b'], sources: { ü: { next: 2 ** 40, at: 5 } } };
      expect(await store.writeHead(second)).toBe(true);
      expect(await store.readHead(SHOP)).toEqual(second);
    });

    test('follow one another without a gap, and of two of one version the first stays', async () => {
      const store = await prepare();
      expect(await store.writeHead(headOf(2))).toBe(false);
      expect(await store.writeHead(headOf(1))).toBe(true);
      expect(await store.writeHead({ ...headOf(1), load: 9 })).toBe(false);
      expect(await store.writeHead(headOf(3))).toBe(false);
      expect(await store.readHead(SHOP)).toEqual(headOf(1));
      const written = await Promise.all([1, 2, 3, 4].map((load) => store.writeHead({ ...headOf(2), load })));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await store.readHead(SHOP))?.load).toBe(written.indexOf(true) + 1);
    });

    test('are one a network', async () => {
      const store = await prepare();
      await store.writeHead(headOf(1));
      await store.writeHead({ ...headOf(1), network: DEFAULT_NETWORK });
      await store.writeHead({ ...headOf(2), network: DEFAULT_NETWORK });
      expect((await store.readHead(SHOP))?.version).toBe(1);
      expect((await store.readHead(DEFAULT_NETWORK))?.version).toBe(2);
      expect(await store.listNetworks()).toEqual([DEFAULT_NETWORK, SHOP]);
    });
  });
}

function testFlags(prepare: Prepare): void {
  describe('flags', () => {
    test('come back with their why, the latest first', async () => {
      const store = await prepare();
      expect(await store.readFlags(SHOP, 10)).toEqual([]);
      for (const version of [9, 10, 200]) await store.writeFlags(flagsOf(SHOP, version, 30));
      await store.writeFlags(flagsOf(DEFAULT_NETWORK, 11, 2));
      const latest = [200, 10, 9].flatMap((version) => {
        const { load, parameters, flagged } = flagsOf(SHOP, version, 30);
        return flagged.map((flag, index) => Object.assign({ load, version, index, parameters }, flag)).toReversed();
      });
      for (const limit of [0, 1, 29, 31, 90, 1_000]) {
        expect(await store.readFlags(SHOP, limit)).toEqual(latest.slice(0, limit));
      }
      for (const at of [0, 29, 30, 45, 89]) {
        const place = latest[at]!;
        expect(await store.readFlags(SHOP, 20, place)).toEqual(latest.slice(at + 1, at + 21));
        expect(await store.readFlag(SHOP, place)).toEqual(place);
      }
      expect(await store.readFlagsOf(SHOP, 10)).toEqual(latest.slice(30, 60).toReversed());
      expect(await store.readFlagsOf(SHOP, 20)).toEqual([]);
      expect(await store.readFlag(SHOP, { version: 200, index: 30 })).toBeUndefined();
      expect(await store.readFlag(SHOP, { version: 11, index: 0 })).toBeUndefined();
    });

    test('are the same when written again', async () => {
      const store = await prepare();
      for (const version of [1, 2, 1]) await store.writeFlags(flagsOf(SHOP, version, 3));
      expect((await store.readFlags(SHOP, 9)).map(({ version }) => version)).toEqual([2, 2, 2, 1, 1, 1]);
    });

    test('can be of no purchase, or of lines as long as a record of the stream', async () => {
      const store = await prepare();
      await store.writeFlags(flagsOf(SHOP, 1, 0));
      const commit = flagsOf(SHOP, 2, 3);
      const flagged = commit.flagged.map((flag) => ({ ...flag, line: `{"note":"${'ü"\u{1f600}'.repeat(130_000)}"}` }));
      await store.writeFlags({ ...commit, flagged });
      const read = await store.readFlags(SHOP, 2);
      expect(read.map(({ line, sequence }) => [line === flagged[0]!.line, sequence])).toEqual([
        [true, flagged[2]!.sequence],
        [true, flagged[1]!.sequence],
      ]);
      expect(await store.readFlags(SHOP, 5)).toHaveLength(3);
    });
  });
}

function testLoads(prepare: Prepare): void {
  describe('loads', () => {
    test('come back as they were', async () => {
      const store = await prepare();
      expect(await store.readLoad(SHOP)).toBeUndefined();
      const { identity: _, ...bare } = loadOf('one');
      expect(await store.writeLoad(bare, undefined)).toBe(true);
      expect(await store.readLoad(SHOP)).toEqual(bare);
      const failed = { ...loadOf('two'), phase: 'failed' as const, reason: 'no "D"' };
      expect(await store.writeLoad(failed, 'one')).toBe(true);
      expect(await store.readLoad(SHOP)).toEqual(failed);
    });

    test('are replaced by those who know their token only', async () => {
      const store = await prepare();
      expect(await store.writeLoad(loadOf('two'), 'one')).toBe(false);
      expect(await store.writeLoad(loadOf('one'), undefined)).toBe(true);
      expect(await store.writeLoad(loadOf('two'), undefined)).toBe(false);
      expect(await store.writeLoad(loadOf('two'), 'other')).toBe(false);
      expect(await store.readLoad(SHOP)).toEqual(loadOf('one'));
      const written = await Promise.all(['a', 'b', 'c'].map((token) => store.writeLoad(loadOf(token), 'one')));
      expect(written.filter(Boolean)).toHaveLength(1);
    });

    test('put their networks on the list', async () => {
      const store = await prepare();
      await store.writeLoad(loadOf('one'), undefined);
      await store.writeHead({ ...headOf(1), network: 'a' as NetworkName });
      expect(await store.listNetworks()).toEqual(['a', SHOP]);
      expect(await store.readHead(SHOP)).toBeUndefined();
      await store.writeHead(headOf(1));
      expect(await store.listNetworks()).toEqual(['a', SHOP]);
    });

    test('of stream logs are remembered by their sources', async () => {
      const store = await prepare();
      expect(await store.readProgress('s-1/ü')).toBeUndefined();
      await store.writeProgress('s-1/ü', 120);
      await store.writeProgress('s-1', 5);
      expect(await store.readProgress('s-1/ü')).toBe(120);
      await store.writeProgress('s-1/ü', 2 ** 40);
      expect(await store.readProgress('s-1/ü')).toBe(2 ** 40);
      expect(await store.listNetworks()).toEqual([]);
    });
  });
}
