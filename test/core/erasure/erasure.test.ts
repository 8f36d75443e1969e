import { describe, expect, test } from 'vitest';
import {
  afterPass,
  decodeErasure,
  encodeErasure,
  encodeTarget,
  isLastPass,
  newErasure,
  type ErasureTarget,
} from '../../../lib/core/erasure/erasure.ts';
import { namesUser } from '../../../lib/core/erasure/names-user.ts';
import { readTarget } from '../../../lib/core/erasure/read-target.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';

const HOUR_MS = 60 * 60 * 1000;
const SHOP = 'shop' as NetworkName;
const ANN = 'ann' as UserId;
const TARGETS: readonly ErasureTarget[] = [
  { kind: 'network', network: SHOP },
  { kind: 'user', user: ANN },
  { kind: 'user', user: ANN, network: SHOP },
  { kind: 'client', client: 'till' },
];

describe('whose data is to be removed', () => {
  test.each([
    [{ network: 'shop' }, TARGETS[0]],
    [{ user: 'ann' }, TARGETS[1]],
    [{ user: 'ann', network: 'shop' }, TARGETS[2]],
    [{ client: 'till' }, TARGETS[3]],
  ])('is read from %j', (given, value) => {
    expect(readTarget(given)).toEqual({ ok: true, value });
  });

  test.each([
    [undefined, 'one of network, user and client must be given'],
    [{}, 'one of network, user and client must be given'],
    [{ client: 'till', user: 'ann' }, 'one of network, user and client must be given'],
    [{ client: '' }, 'client must be'],
    [{ client: 4 }, 'client must be'],
    [{ user: '' }, 'user must be an id'],
    [{ user: 17 }, 'user must be an id'],
    [{ network: 'a/b', user: 'ann' }, 'network must be 1 to 64 letters'],
  ])('is not read from %j', (given, reason) => {
    expect(readTarget(given)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  test('has a text of its own', () => {
    expect(new Set(TARGETS.map(encodeTarget)).size).toBe(TARGETS.length);
  });
});

describe('a removal', () => {
  test.each(TARGETS)('comes back as it was: %j', (target) => {
    const erasure = { ...newErasure(target, 5), place: { step: 'flags', after: 'x' }, removed: { flags: 3 } };
    expect(decodeErasure(encodeErasure(erasure))).toEqual(erasure);
  });

  test('goes over everything at once, when functions are gone, and when the stream has forgotten', () => {
    const first = newErasure(TARGETS[0]!, 1_000);
    const second = afterPass({ ...first, removed: { flags: 1 } }, 24 * HOUR_MS)!;
    const third = afterPass(second, 24 * HOUR_MS)!;
    expect([first, second, third].map(({ due }) => due)).toEqual([1_000, 1_000 + HOUR_MS, 1_000 + 25 * HOUR_MS]);
    expect([first, second, third].map(isLastPass)).toEqual([false, false, true]);
    expect(second.removed).toEqual({});
    expect(afterPass(third, 24 * HOUR_MS)).toBeUndefined();
  });
});

describe('a line', () => {
  test.each([
    ['{"event_type":"purchase", "id": "17", "amount": "5"}', true],
    ['{"id": 17}', true],
    ['{"id1": "1", "id2": "17"}', true],
    ['{"user_id": "17"}', true],
    [String.raw`{"user_id": "\u00317"}`, true],
    ['{"id": "1", "amount": "17"}', false],
    ['{"id": "117"}', false],
    ['{"id": "1"}', false],
    ['cut off {"id": "17", "amo', true],
    ['cut off 17', true],
    ['cut off 117 17.5 17-', false],
    ['["17"]', true],
  ])('%s names user 17: %j', (text, expected) => {
    expect(namesUser(text, '17' as UserId)).toBe(expected);
  });
});
