import { describe, expect, test } from 'vitest';
import { bodylessToken, commitsAfter, newHead, nextHead, tokenOf } from '../../../lib/core/cloud/commits.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';

const NEW = newHead('shop' as NetworkName, { degrees: 2, tracked: 5 }, 9);

/** The head after so many commits, whose tokens are their versions. */
function headAfter(commits: number, change: Partial<Head> = {}): Head {
  let head = NEW;
  for (let version = 1; version <= commits; version++) head = nextHead(head, String(version), change);
  return head;
}

describe('a head', () => {
  test('is of version 0 and of no load before the first commit', () => {
    expect(NEW).toMatchObject({
      network: 'shop',
      version: 0,
      generation: '0',
      load: 0,
      kept: 9,
      sequence: 0,
      bodies: [],
    });
    expect(commitsAfter(NEW, 0)).toEqual([]);
    expect(tokenOf(NEW, 0)).toBeUndefined();
  });

  test('takes over what a commit does not change', () => {
    const parameters = { degrees: 3, tracked: 4 };
    expect(nextHead(NEW, 'a', { parameters })).toEqual({ ...NEW, version: 1, parameters, bodies: ['a'] });
  });

  test('reaches back to the last commit that is stored, however long ago, and to 16 in any case', () => {
    expect(headAfter(40).bodies).toHaveLength(40);
    const flushed = nextHead(headAfter(40), '41', { flushed: 40 });
    expect(flushed.bodies).toHaveLength(16);
    expect(commitsAfter(flushed, 40)).toEqual([{ version: 41, token: '41', hasBody: true }]);
  });

  test('tells which commits came after a version, oldest first', () => {
    const head = nextHead(headAfter(2), bodylessToken('3'), {});
    expect(commitsAfter(head, 1)).toEqual([
      { version: 2, token: '2', hasBody: true },
      { version: 3, token: '~3', hasBody: false },
    ]);
    expect(commitsAfter(head, 3)).toEqual([]);
  });

  test('says so when it has forgotten them', () => {
    const head = headAfter(20, { flushed: 20 });
    expect(commitsAfter(head, 4)).toHaveLength(16);
    expect(commitsAfter(head, 3)).toBeUndefined();
  });

  test('knows the token of each version that it reaches back to', () => {
    const head = headAfter(20, { flushed: 20 });
    expect([4, 5, 20, 21].map((version) => tokenOf(head, version))).toEqual([undefined, '5', '20', undefined]);
  });
});
