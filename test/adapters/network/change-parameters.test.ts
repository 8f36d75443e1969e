import { describe, expect, test } from 'vitest';
import { changeParameters } from '../../../lib/adapters/network/change-parameters.ts';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before, faultOnce, NO_FAULTS } from '../../cloud/faults.ts';
import { DEFAULTS, MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';

describe('the parameters of a network', () => {
  test('can be set one by one, also of a network that nothing has happened in', async () => {
    const cloud = new MemoryCloud();
    expect(await changeParameters(DEFAULT_NETWORK, { degrees: 5 }, cloud.start())).toEqual({
      ok: true,
      value: { ...DEFAULTS, degrees: 5 },
    });
    await changeParameters(DEFAULT_NETWORK, { tracked: 2 }, cloud.start());
    expect((await cloud.head()).parameters).toEqual({ degrees: 5, tracked: 2 });
  });

  test('can be given back without a commit where nothing changes', async () => {
    const cloud = new MemoryCloud();
    expect(await changeParameters(DEFAULT_NETWORK, {}, cloud.start())).toEqual({ ok: true, value: DEFAULTS });
    expect(await changeParameters(DEFAULT_NETWORK, DEFAULTS, cloud.start())).toEqual({ ok: true, value: DEFAULTS });
    expect((await cloud.head()).version).toBe(0);
  });

  test.each([
    [{ degrees: 0 }, /degrees, must be an integer from 1 to \d+ \(given 0\)/],
    [{ tracked: 1 }, /tracked, must be an integer from 2 to \d+ \(given 1\)/],
    [{ degrees: 1.5, tracked: 2 }, /degrees, must be an integer/],
    [
      { tracked: 4 },
      /at most the 3 that are kept per user of this network \(given 4\); for more, raise the setting keptPurchases/,
    ],
  ])('are refused as %j, with the reason', async (given, reason) => {
    const cloud = new MemoryCloud();
    expect(await changeParameters(DEFAULT_NETWORK, given, cloud.start())).toEqual({
      ok: false,
      reason: expect.stringMatching(reason) as string,
    });
    expect((await cloud.head()).version).toBe(0);
  });

  test('can be as large as what is kept', async () => {
    const cloud = new MemoryCloud();
    const options = cloud.start({ keptPurchases: 7 });
    expect(await changeParameters(DEFAULT_NETWORK, { tracked: 7 }, options)).toMatchObject({ ok: true });
    expect(await changeParameters(DEFAULT_NETWORK, { tracked: 8 }, options)).toMatchObject({ ok: false });
  });

  test('are set though another commits first, on what the other has set', async () => {
    const cloud = new MemoryCloud();
    const faults = before('state.writeHead', async () =>
      changeParameters(DEFAULT_NETWORK, { tracked: 2 }, cloud.start()),
    );
    await changeParameters(DEFAULT_NETWORK, { degrees: 4 }, cloud.start({ faults }));
    expect(await cloud.head()).toMatchObject({ version: 2, parameters: { degrees: 4, tracked: 2 } });
  });

  test('are set though the reply is lost', async () => {
    const cloud = new MemoryCloud();
    const faults = faultOnce('state.writeHead', 'after');
    expect(await changeParameters(DEFAULT_NETWORK, { degrees: 4 }, cloud.start({ faults }))).toMatchObject({
      ok: true,
    });
    expect(await cloud.head()).toMatchObject({ version: 1, parameters: { degrees: 4 } });
  });
});

describe('a change with a report', () => {
  const change = { head: { load: 1 }, report: { key: 'reports/r.json', text: 'done' } };

  test('writes the report once the change is made', async () => {
    const cloud = new MemoryCloud();
    expect(await commitChange(DEFAULT_NETWORK, () => change, cloud.start())).toBe(true);
    expect(await cloud.head()).toMatchObject({ version: 1, load: 1 });
    expect(await textsOf(cloud.output)).toEqual({ 'reports/r.json': 'done' });
  });

  test('leaves the report to the next one who commits if its author dies', async () => {
    const cloud = new MemoryCloud();
    const dying = cloud.start({ faults: faultOnce('output.put', 'before') });
    await expect(commitChange(DEFAULT_NETWORK, () => change, dying)).rejects.toThrow('output.put failed');
    expect(await textsOf(cloud.output)).toEqual({});
    await changeParameters(DEFAULT_NETWORK, { degrees: 3 }, cloud.start());
    expect(await textsOf(cloud.output)).toEqual({ 'reports/r.json': 'done' });
  });

  test('writes no report if another change makes it needless', async () => {
    const cloud = new MemoryCloud();
    const faults = before('state.writeHead', async () =>
      commitChange(DEFAULT_NETWORK, () => ({ head: { load: 1 } }), cloud.start()),
    );
    const isMade = await commitChange(
      DEFAULT_NETWORK,
      ({ load }) => (load === 0 ? change : undefined),
      cloud.start({ faults }),
    );
    expect(isMade).toBe(false);
    expect(await textsOf(cloud.output)).toEqual({});
  });

  test('gives up when others have committed first 100 times', async () => {
    const cloud = new MemoryCloud();
    const other = cloud.start();
    let isBusy = true;
    const faults = async (call: string): Promise<undefined> => {
      if (isBusy && call === 'state.writeHead') {
        await commitChange(DEFAULT_NETWORK, ({ load }) => ({ head: { load: load + 1 } }), other);
      }
    };
    await expect(commitChange(DEFAULT_NETWORK, () => change, cloud.start({ faults }))).rejects.toThrow(
      'network default: others committed first 100 times in a row',
    );
    isBusy = false;
    expect(await commitChange(DEFAULT_NETWORK, () => change, cloud.start({ faults: NO_FAULTS }))).toBe(true);
  });
});
