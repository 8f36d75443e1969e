import { expect, test } from 'vitest';
import { runProfiles } from '../../../lib/cli/profiles/run-profiles.ts';
import { storedIn } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, committed, lineOf } from '../../core/transactions-cloud/sample-transactions.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

async function systemWithHistory(): Promise<MemorySystem> {
  const system = new MemorySystem();
  const head = committed(lineOf('a', { at: Date.now() }));
  await system.transactions.write(storedIn(head.commit!));
  await system.users.writeUser(head);
  return system;
}

test('rebuilds the profiles, and tells how many', async () => {
  const system = await systemWithHistory();
  const host = new FakeHost();
  expect(await runProfiles({ json: false, quiet: false }, system, host)).toBe(0);
  expect(host.stdout.text).toBe('1 profile rebuilt.\n');
  expect((await system.users.readUsers([ANN])).get(ANN)?.version).toBe(2);
});

test('tells programs the counts', async () => {
  const host = new FakeHost();
  expect(await runProfiles({ json: true, quiet: true }, new MemorySystem(), host)).toBe(0);
  expect(JSON.parse(host.stdout.text)).toEqual({ rebuilt: 0, nothing: 0, busy: 0 });
});
