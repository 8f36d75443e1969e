import { expect, test } from 'vitest';
import { PARAMETERS_OPTIONS } from '../../../lib/cli/parameters/options.ts';
import { readRequest } from '../../../lib/cli/parameters/request.ts';
import { runParameters } from '../../../lib/cli/parameters/run-parameters.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';

async function run(system: MemorySystem, ...args: string[]): Promise<string> {
  const host = new FakeHost();
  await runParameters(readRequest(parseOptions(PARAMETERS_OPTIONS, args)), system, host);
  return host.stdout.text;
}

async function twoNetworks(): Promise<MemorySystem> {
  const system = new MemorySystem();
  await system.commit('shop', { load: 1 });
  await system.commit('default', { parameters: { degrees: 1, tracked: 2 }, kept: 2 });
  return system;
}

test('lists the networks by their names', async () => {
  expect(await run(await twoNetworks())).toBe(
    [
      'network  degrees (D)  tracked (T)  kept  version  load\n',
      'default            1            2     2        1     0\n',
      'shop               3           50    60        1     1\n',
    ].join(''),
  );
});

test('--json prints an object a line, --network only one', async () => {
  const system = await twoNetworks();
  const shop = '{"network":"shop","degrees":3,"tracked":50,"kept":60,"version":1,"load":1}\n';
  const other = '{"network":"default","degrees":1,"tracked":2,"kept":2,"version":1,"load":0}\n';
  expect(await run(system, '--json')).toBe(`${other}${shop}`);
  expect(await run(system, '--json', '--network=shop')).toBe(shop);
});

test('changes what is given, by one commit, and leaves the rest', async () => {
  const system = await twoNetworks();
  const row = { network: 'shop', kept: 60, load: 1 };
  const change = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await run(system, '--network=shop', '--json', ...args));
  expect(await change('--degrees=4')).toEqual({ ...row, degrees: 4, tracked: 50, version: 2 });
  expect(await change('--tracked=60')).toEqual({ ...row, degrees: 4, tracked: 60, version: 3 });
  expect(await change('--tracked=60', '--degrees=4')).toEqual({ ...row, degrees: 4, tracked: 60, version: 3 });
});

test('without --network it is default that changes', async () => {
  expect(await run(await twoNetworks(), '--degrees=9', '--json')).toContain(
    '{"network":"default","degrees":9,"tracked":2',
  );
});

test.each([
  [['--tracked=61', '--network=shop'], /^the tracked purchases must be at most the 60 that are kept .* \(given 61\)/],
  [['--degrees=0'], /^the degrees of the network, --degrees, must be an integer from 1 to 1000000 \(given "0"\)$/],
  [['--tracked=1'], /^the tracked purchases, --tracked, must be an integer from 2/],
  [['--network=a b'], /^--network must be 1 to 64 letters, digits, "\.", "_" or "-" \(given "a b"\)$/],
  [['--network=shpo'], /^there is no network shpo; there are default, shop$/],
  [['--network=shpo', '--degrees=2'], /^there is no network shpo; there are default, shop$/],
])('%j is refused, and nothing changes', async (args, message) => {
  const system = await twoNetworks();
  const before = await run(system);
  const error = await run(system, ...args).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
  expect(await run(system)).toBe(before);
});

test('before anything has come, there is nothing to list', async () => {
  const system = new MemorySystem();
  expect(await run(system)).toBe('There is no network yet: the first batch log or the first events make one.\n');
  expect(await run(system, '--json')).toBe('');
  await expect(run(system, '--network=shop')).rejects.toThrow('there is no network shop; there is none yet');
});

test('the network default can be changed before anything has come to it', async () => {
  const system = new MemorySystem({ parameters: { degrees: 2, tracked: 50 }, kept: 60 });
  const row = { network: 'default', degrees: 3, tracked: 50, kept: 60, version: 1, load: 0 };
  expect(JSON.parse(await run(system, '--degrees=3', '--json'))).toEqual(row);
  await expect(run(system, '--tracked=61')).rejects.toThrow('at most the 60');
  await expect(run(system, '--tracked=9', '--network=shop')).rejects.toThrow(
    'there is no network shop; there are default',
  );
});

test('fails if the system does not tell what a network begins with', async () => {
  const message =
    'nothing has come to the network default yet, and a system in memory does not tell what it begins with';
  await expect(run(new MemorySystem(), '--degrees=2')).rejects.toThrow(new UsageError(message));
});
