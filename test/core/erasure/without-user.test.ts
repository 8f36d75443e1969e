import { describe, expect, test } from 'vitest';
import { emptyBody, type CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { eraseFailure } from '../../../lib/core/erasure/erase-failure.ts';
import type { ErasureTarget } from '../../../lib/core/erasure/erasure.ts';
import {
  bodyWithoutUser,
  flagWithoutUser,
  linesWithoutUser,
  reportWithoutUser,
} from '../../../lib/core/erasure/without-user.ts';
import type { Micros, UserId } from '../../../lib/core/events/event.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';

const [ANN, BEN, CLO] = ['ann', 'ben', 'clo'] as [UserId, UserId, UserId];

function flagOf(user: UserId, against: readonly UserId[]) {
  const judgedAgainst = against.map((other) => ({ user: other, time: 1, sequence: 1, amount: 5n as Micros }));
  return {
    line: `{"id":"${user}"}`,
    purchase: { type: 'purchase' as const, time: 2, user, amount: 9n as Micros },
    sequence: 3,
    flag: { mean: '1.00', sd: '0.00', limit: '1.00', judgedAgainst },
  };
}

function bodyOf(change: Partial<CommitBody> = {}): CommitBody {
  const state = { version: 3, generation: 'g', load: 1, parameters: { degrees: 1, tracked: 2 }, sequence: 4 };
  return { ...emptyBody(state), ...change };
}

describe('a flagged purchase', () => {
  test('of the user goes; of others it stays, without who the user was', () => {
    expect(flagWithoutUser(flagOf(ANN, [BEN]), ANN)).toBeUndefined();
    expect(flagWithoutUser(flagOf(BEN, [ANN, CLO]), ANN)?.flag.judgedAgainst.map(({ user }) => user)).toEqual([
      '',
      'clo',
    ]);
    const other = flagOf(BEN, [CLO]);
    expect(flagWithoutUser(other, ANN)).toBe(other);
  });
});

describe('the body of a commit', () => {
  const purchase = flagOf(ANN, []).purchase;
  const rejected = { reason: 'bad', text: '{"id":"ann"}', shard: 's', sequenceNumber: '1', line: 1 };
  const report = { key: 'r', text: JSON.stringify({ rejected_lines: [{ line: '{"id":"ann"}' }] }) };

  test.each([
    ['events', { events: [purchase, { type: 'befriend' as const, time: 1, users: [BEN, ANN] as [UserId, UserId] }] }],
    ['flags', { flagged: [flagOf(ANN, [])] }],
    ['flags of others', { flagged: [flagOf(BEN, [ANN])] }],
    ['rejected lines', { rejected: [rejected] }],
    ['a report', { report }],
    ['a forgetting', { forgets: ANN }],
  ])('loses the user’s part in %s, and stays a body', (_, change) => {
    const body = bodyOf(change);
    const left = bodyWithoutUser(body, ANN);
    expect(
      JSON.stringify(left, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('ann');
    expect(left).toMatchObject({ version: 3, sequence: 4 });
    expect(bodyWithoutUser(left, ANN)).toBe(left);
  });

  test('is the same where the user has no part in it', () => {
    const body = bodyOf({ events: [flagOf(BEN, []).purchase], flagged: [flagOf(BEN, [CLO])], forgets: BEN, report });
    expect(bodyWithoutUser(body, CLO)).not.toBe(body);
    expect(bodyWithoutUser(body, 'dan' as UserId)).toBe(body);
    expect(bodyWithoutUser(body, CLO).forgets).toBe(BEN);
  });
});

describe('lines', () => {
  test('that name the user go, also those that tell of a rejected one', () => {
    const told = (line: unknown): string => `${JSON.stringify({ reason: 'bad', line })}\n`;
    const text = `{"id":"ann"}\n{"id":"ben"}\n${told('{"id":"ann"')}${told('{"id":"ben"')}${told(5)}`;
    expect(linesWithoutUser(text, ANN)).toBe(`{"id":"ben"}\n${told('{"id":"ben"')}${told(5)}`);
  });

  test('in a report go, too', () => {
    const report = JSON.stringify({ key: 'k', rejected_lines: [{ line: '{"id":"ann"}' }, { line: '{"id":"ben"}' }] });
    expect(JSON.parse(reportWithoutUser(report, ANN))).toEqual({
      key: 'k',
      rejected_lines: [{ line: '{"id":"ben"}' }],
    });
    expect(reportWithoutUser(report, CLO)).toBe(report);
    expect(reportWithoutUser('{"key":"k"}', ANN)).toBe('{"key":"k"}');
  });
});

describe('what a function gave up on', () => {
  const SHOP: ErasureTarget = { kind: 'network', network: 'shop' as NetworkName };
  const USER: ErasureTarget = { kind: 'user', user: ANN };

  function batchOf(...records: readonly (readonly [key: string, ...lines: string[]])[]): string {
    const Records = records.map(([partitionKey, ...lines]) => {
      return { eventID: 'e', kinesis: { partitionKey, data: Buffer.from(lines.join('\n')).toString('base64') } };
    });
    return JSON.stringify({ version: '1.0', payload: JSON.stringify({ Records }) });
  }

  function recordsIn(text: string | undefined): string[][] {
    const { Records } = JSON.parse((JSON.parse(text ?? '') as { payload: string }).payload) as {
      Records: { kinesis: { data: string; partitionKey: string } }[];
    };
    return Records.map(({ kinesis }) => [kinesis.partitionKey, Buffer.from(kinesis.data, 'base64').toString()]);
  }

  const buys = (id: string, network?: string): string =>
    JSON.stringify({ event_type: 'purchase', timestamp: '2017-06-13 11:33:01', id, amount: '1', network });

  test('loses lines, whose places stay, and records of which nothing is left', () => {
    const envelope = '{"network":"shop","source":"s","offset":4}';
    const text = batchOf(
      ['shop', envelope, buys('ann'), buys('ünï')],
      ['ann', buys('ann')],
      ['ann', buys('ben'), buys('ann')],
    );
    expect(recordsIn(eraseFailure(text, USER))).toEqual([
      ['shop', `${envelope}\n\n${buys('ünï')}`],
      ['deleted', `${buys('ben')}\n`],
    ]);
    expect(recordsIn(eraseFailure(text, SHOP))).toEqual([
      ['ann', buys('ann')],
      ['ann', `${buys('ben')}\n${buys('ann')}`],
    ]);
    expect(recordsIn(eraseFailure(text, { ...USER, network: 'shop' as NetworkName }))).toHaveLength(3);
  });

  test('loses the name of a network also where a record stays that was sent under it', () => {
    const text = batchOf(['shop', buys('ann', 'shop'), buys('ben', 'other')]);
    expect(recordsIn(eraseFailure(text, SHOP))).toEqual([['deleted', `\n${buys('ben', 'other')}`]]);
  });

  test('goes where nothing is left, and is the same where nobody is named', () => {
    const text = batchOf(['ann', buys('ann')]);
    expect(eraseFailure(text, USER)).toBeUndefined();
    expect(eraseFailure(text, { kind: 'user', user: BEN })).toBe(text);
    expect(eraseFailure(text, { kind: 'client', client: 'ann' })).toBe(text);
    expect(eraseFailure('{"payload":"{}"}', USER)).toBe('{"payload":"{}"}');
    expect(eraseFailure('{"other":1}', USER)).toBe('{"other":1}');
  });

  test.each([
    [SHOP, { detail: { object: { key: 'shop/batch_log.json' } } }, true],
    [SHOP, { detail: { object: { key: 'flagged/network=shop/load=000001/000000000001.json' } } }, true],
    [SHOP, { detail: { object: { key: 'batch_log.json' } } }, false],
    [SHOP, {}, false],
    [USER, { detail: { object: { key: 'shop/batch_log.json' } } }, false],
    [{ kind: 'client', client: 'till' } as const, { client: 'till', points: {} }, true],
    [{ kind: 'client', client: 'till' } as const, { client: 'other', points: {} }, false],
  ])('is an event of %j: %j, %j', (target, requestPayload, isOf) => {
    const text = JSON.stringify({ requestPayload });
    expect(eraseFailure(text, target)).toBe(isOf ? undefined : text);
  });
});
