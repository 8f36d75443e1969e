import { describe, expect, test } from 'vitest';
import type { UserId } from '../../lib/core/events/event.ts';
import { DEFAULT_NETWORK } from '../../lib/core/network/network-name.ts';
import { changed, crowdOf, flagsOf, headOf, loadOf, SHOP, SPACE, stateOf } from './state-samples.ts';
import type { Prepare } from './stored-users.contract.ts';

const ANN = 'ann' as UserId;
const OTHER = { network: DEFAULT_NETWORK, generation: SPACE.generation };

/** What every state store has to do when something is to be removed from it. */
export function testDeletions(prepare: Prepare): void {
  describe('what is deleted', () => {
    test('is a head of the version that is meant, with its place on the list', async () => {
      const store = await prepare();
      expect(await store.deleteHead(SHOP, 1)).toBe(false);
      for (const version of [1, 2]) await store.writeHead(headOf(version));
      expect(await store.deleteHead(SHOP, 1)).toBe(false);
      expect(await store.listNetworks()).toEqual([SHOP]);
      expect(await store.deleteHead(SHOP, 2)).toBe(true);
      expect(await store.readHead(SHOP)).toBeUndefined();
      expect(await store.listNetworks()).toEqual([]);
      expect(await store.writeHead(headOf(3))).toBe(false);
      expect(await store.writeHead(headOf(1))).toBe(true);
    });

    test('is a load of the token that is meant; its network stays on the list', async () => {
      const store = await prepare();
      await store.writeHead(headOf(1));
      await store.writeLoad(loadOf('one'), undefined);
      expect(await store.deleteLoad(SHOP, 'two')).toBe(false);
      expect(await store.deleteLoad(SHOP, 'one')).toBe(true);
      expect(await store.deleteLoad(SHOP, 'one')).toBe(false);
      expect(await store.readLoad(SHOP)).toBeUndefined();
      expect(await store.writeLoad(loadOf('two'), 'one')).toBe(false);
      expect(await store.listNetworks()).toEqual([SHOP]);
    });

    test('are all generations of a network before a load, and no other network’s', async () => {
      const store = await prepare();
      const spaces = ['0', '1-a', '2-b', '10-c'].map((generation) => ({ network: SHOP, generation }));
      for (const space of [...spaces, OTHER]) await store.createUsers(space, [stateOf(ANN, 1), crowdOf(3_000)]);
      const items = await store.deleteUsers(spaces[2]!);
      expect(items).toBeGreaterThan(2);
      expect(await store.deleteGenerations(SHOP, 2)).toBe(2 * items);
      expect(await store.deleteGenerations(SHOP, 2)).toBe(0);
      const left = await Promise.all(
        [...spaces, OTHER].map(async (space) => (await store.readUsers(space, [ANN])).size),
      );
      expect(left).toEqual([0, 0, 0, 1, 1]);
    });

    test('is a user up to a version, with friends that are stored apart', async () => {
      const store = await prepare();
      const hub = crowdOf(3_000);
      await store.writeUsers(SPACE, [changed(hub, 7), changed(stateOf(ANN, 1), 7)]);
      expect(await store.deleteUser(SPACE, hub.id, 6)).toBe(false);
      expect(await store.deleteUser(SPACE, hub.id, 7)).toBe(true);
      expect(await store.deleteUser(SPACE, hub.id, 7)).toBe(false);
      expect(await store.deleteUser(OTHER, ANN, 9)).toBe(false);
      expect(Array.from((await store.readUsers(SPACE, [ANN, hub.id])).keys())).toEqual([ANN]);
      expect(await store.deleteUsers(SPACE)).toBe(1);
    });

    test('are flags up to a version, or what of them is not to stay', async () => {
      const store = await prepare();
      for (const version of [1, 2, 3]) await store.writeFlags(flagsOf(SHOP, version, 3));
      await store.writeFlags(flagsOf(DEFAULT_NETWORK, 1, 1));
      expect(await store.editFlags(SHOP, 3, (flag) => flag)).toBe(0);
      const edited = await store.editFlags(SHOP, 2, (flag) =>
        flag.index === 0 ? undefined : { ...flag, line: `${flag.version}.${flag.index}` },
      );
      expect(edited).toBe(6);
      const lines = (await store.readFlags(SHOP, 9)).map(({ version, index, line }) => [
        version,
        index,
        line.slice(0, 5),
      ]);
      expect(lines).toEqual([
        [3, 2, '{"eve'],
        [3, 1, '{"eve'],
        [3, 0, '{"eve'],
        [2, 2, '2.2'],
        [2, 1, '2.1'],
        [1, 2, '1.2'],
        [1, 1, '1.1'],
      ]);
      expect(await store.readFlag(SHOP, { version: 2, index: 0 })).toBeUndefined();
      expect((await store.readFlag(SHOP, { version: 2, index: 2 }))?.line).toBe('2.2');
      expect(await store.editFlags(SHOP, 3, () => undefined)).toBe(7);
      expect(await store.readFlags(SHOP, 9)).toEqual([]);
      expect(await store.readFlags(DEFAULT_NETWORK, 9)).toHaveLength(1);
    });

    test('is nothing of a long flag that becomes short', async () => {
      const store = await prepare();
      const { flagged, ...commit } = flagsOf(SHOP, 2, 1);
      const long = { ...flagged[0]!, line: 'x'.repeat(900_000) };
      await store.writeFlags({ ...commit, flagged: [long] });
      expect(await store.editFlags(SHOP, 2, (flag) => ({ ...flag, line: 'short' }))).toBe(1);
      expect((await store.readFlags(SHOP, 5)).map(({ line }) => line)).toEqual(['short']);
      expect(await store.editFlags(SHOP, 2, () => undefined)).toBe(1);
      await store.writeFlags({ ...commit, flagged: [long] });
      expect((await store.readFlags(SHOP, 5)).map(({ line }) => line.length)).toEqual([900_000]);
    });

    test('is the progress of sources, by how their names start', async () => {
      const store = await prepare();
      for (const source of ['shop/stream_log.json@1', 'shop/stream_log.json@2', 'shop/stream_log.json.gz@1', 'ü@1'])
        await store.writeProgress(source, 1);
      expect(await store.deleteProgress(['shop/stream_log.json@', 'ü@'])).toBe(3);
      expect(await store.readProgress('shop/stream_log.json@2')).toBeUndefined();
      expect(await store.readProgress('shop/stream_log.json.gz@1')).toBe(1);
    });
  });
}
