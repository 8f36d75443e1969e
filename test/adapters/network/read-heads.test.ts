import { expect, test } from 'vitest';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import { readHeads } from '../../../lib/adapters/network/read-heads.ts';
import { deletedHead } from '../../../lib/core/cloud/deletions.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { MemoryCloud } from '../../cloud/memory-cloud.ts';

test('the heads are those of all networks but of those that are deleted', async () => {
  const cloud = new MemoryCloud();
  const sandbox = cloud.start();
  const networks = ['one', 'gone', 'back'] as NetworkName[];
  for (const network of networks) await commitChange(network, () => ({ head: {} }), sandbox);
  for (const network of networks.slice(1)) {
    await commitChange(network, (head) => ({ head: deletedHead(head, { now: cloud.now, token: 't' }) }), sandbox);
  }
  await commitChange('back' as NetworkName, () => ({ head: {} }), sandbox);
  const listed = {
    listNetworks: async () => [...(await cloud.state.listNetworks()), 'without-a-head' as NetworkName],
    readHead: async (network: NetworkName) => cloud.state.readHead(network),
  };
  expect((await readHeads(listed)).map(({ network, version }) => [network, version])).toEqual([
    ['back', 3],
    ['one', 1],
  ]);
});
