import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import type { UserIds } from '../../../lib/core/network/user-ids.ts';
import { seeded } from '../../seeded.ts';

const id = fc.oneof(
  fc.nat(300).map(String),
  fc.nat(2 ** 22).map(String),
  fc.constantFrom('0', '00', '007', '-1', '+1', '1.0', '1e3', '1048575', '1048576', '1048577', '9999999', '10000000'),
  fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    ' ',
    '\0',
    '\x7f',
    'é',
    'e\u0301',
    '😀',
    '\ud800',
    '\udc00',
    'x'.repeat(10_000),
  ),
);

test('users are numbered in the order in which they are first seen', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 600, size: 'max' }), (ids) => {
      expect(numberedBy(ids)).toEqual(wantedOf(ids));
    }),
    seeded(60),
  );
});

test.each(['', 'u'])('a hundred thousand users are told apart whose ids are numbers behind "%s"', (prefix) => {
  const ids = Array.from({ length: 100_000 }, (_, number) => `${prefix}${(number * 7919) % 100_003}`);
  expect(numberedBy(ids)).toEqual(wantedOf(ids));
});

describe('ids that are made to collide', () => {
  /** Their hashes agree in the bits that choose a place in tables of up to 2^13 places. */
  const colliding = idsWithHash((hash) => ((hash ^ (hash >>> 15)) & 0x1fff) === 0x0abc, 200);

  test('are told apart', () => {
    expect(numberedBy(colliding)).toEqual(wantedOf(colliding));
  });

  test('are told apart where their whole hashes agree', () => {
    const ids = ['liquid', 'costarring', 'user 02ya8', 'user 0zki6'];
    expect(new Set(ids.map(hashId)).size).toBe(2);
    expect(numberedBy(ids)).toEqual(wantedOf(ids));
  });

  test('are told apart from the others among them, and when the table grows', () => {
    const ids = colliding.flatMap((id, index) => [id, ...numbers(index * 40, 40), `ü${id}`]);
    expect(numberedBy(ids)).toEqual(wantedOf(ids));
  });

  test('are told apart where the table grows before they come', () => {
    const ids = [...numbers(0, 3000), ...colliding];
    expect(numberedBy(ids)).toEqual(wantedOf(ids));
  });

  test('are told apart where they wrap around the end of a table that then grows', () => {
    const elsewhere = idsWithHash((hash) => place(hash, 256) >= 60 && place(hash, 256) < 200, 200);
    const atEnd = idsWithHash((hash) => place(hash, 512) === 251, 32);
    const behind = idsWithHash((hash) => place(hash, 512) === 254, 10);
    const ids = [...elsewhere.slice(0, 66), ...atEnd, ...behind, ...elsewhere.slice(66)];
    expect(numberedBy(ids)).toEqual(wantedOf(ids));
  });

  test('are not taken for one that was never seen', () => {
    const ids = emptyTable();
    for (const id of colliding) ids.add(id);
    expect(ids.find('never seen' as UserId)).toBe(-1);
    expect(ids.find('nie gesehen, ü' as UserId)).toBe(-1);
  });
});

/** The place where the search for a hash begins in a table of so many places. */
function place(hash: number, places: number): number {
  return (hash ^ (hash >>> 15)) & (places - 1);
}

/** Adds the ids to an empty table, and asks for each before, at once, again, and in the end. */
function numberedBy(ids: readonly string[]): unknown {
  const numbered = emptyTable();
  const numbers = (ids as readonly UserId[]).map((id) => [numbered.find(id), numbered.add(id), numbered.add(id)]);
  const users = Array.from({ length: numbered.count }, (_, user) => numbered.idOf(user));
  return { numbers, users, found: users.map((id) => numbered.find(id)) };
}

function wantedOf(ids: readonly string[]): unknown {
  const numbered = new Map<string, number>();
  const numbers = ids.map((id) => {
    const before = numbered.get(id) ?? -1;
    const number = before < 0 ? numbered.size : before;
    numbered.set(id, number);
    return [before, number, number];
  });
  return { numbers, users: [...numbered.keys()], found: [...numbered.values()] };
}

function idsWithHash(isWanted: (hash: number) => boolean, count: number): UserId[] {
  const ids: UserId[] = [];
  for (let number = 0; ids.length < count; number++) {
    if (isWanted(hashId(`c${number}`))) ids.push(`c${number}` as UserId);
  }
  return ids;
}

function numbers(start: number, count: number): UserId[] {
  return Array.from({ length: count }, (_, index) => `n${start + index}` as UserId);
}

function emptyTable(): UserIds {
  return new NetworkDetector({ degrees: 1, tracked: 2 }).engine.ids;
}

/** FNV-1a, as the engine computes it. */
function hashId(id: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash;
}
