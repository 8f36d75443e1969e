import { describe, expect, test } from 'vitest';
import { newHead } from '../../../lib/core/cloud/commits.ts';
import { isNews, logKeysOf, parseLogKey, withLoaded, type Drop } from '../../../lib/core/cloud/drop.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { DEFAULT_NETWORK, type NetworkName } from '../../../lib/core/network/network-name.ts';

const SHOP = 'shop' as NetworkName;
const NEW = newHead(SHOP, { degrees: 1, tracked: 2 }, 2);

describe('the key of a dropped log', () => {
  test.each([
    ['batch_log.json', { network: 'default', name: 'batch_log.json', isZipped: false }],
    ['batch_log.json.gz', { network: 'default', name: 'batch_log.json.gz', isZipped: true }],
    ['shop/batch_log.json', { network: 'shop', name: 'batch_log.json', isZipped: false }],
    ['my.shop-1/batch_log.json.gz', { network: 'my.shop-1', name: 'batch_log.json.gz', isZipped: true }],
  ])('%s names the network and the form', (key, value) => {
    expect(parseLogKey(key, 'batch_log.json')).toEqual({ ok: true, value });
  });

  test.each([
    '',
    'stream_log.json',
    'shop/',
    'a/shop/batch_log.json',
    'batch_log.json/',
    'Batch_log.json',
    'batch_log.json.zip',
  ])('%j is refused', (key) => {
    expect(parseLogKey(key, 'batch_log.json')).toMatchObject({ ok: false });
  });

  test('is refused with what it may be', () => {
    expect(parseLogKey('a/b/batch_log.json', 'batch_log.json')).toEqual({
      ok: false,
      reason:
        'the key must be batch_log.json or NETWORK/batch_log.json, or end in .gz besides (given "a/b/batch_log.json")',
    });
    expect(parseLogKey('my shop/batch_log.json', 'batch_log.json')).toEqual({
      ok: false,
      reason: 'network must be 1 to 64 letters, digits, ".", "_" or "-" (given "my shop")',
    });
  });

  test('is one of those under which the network is looked for', () => {
    expect(logKeysOf(SHOP, 'batch_log.json')).toEqual(['shop/batch_log.json', 'shop/batch_log.json.gz']);
    for (const key of logKeysOf(DEFAULT_NETWORK, 'stream_log.json')) {
      expect(parseLogKey(key, 'stream_log.json')).toMatchObject({ value: { network: DEFAULT_NETWORK } });
    }
    expect(logKeysOf(DEFAULT_NETWORK, 'stream_log.json')).toHaveLength(4);
  });
});

describe('a drop', () => {
  const first: Drop = { key: 'shop/batch_log.json', sequencer: '0055AED6DCD90281E5', at: 1_000 };
  const loaded: Head = { ...NEW, loaded: withLoaded(NEW, first, 'etag@1') };

  test('is news to a network that nothing has been loaded into', () => {
    expect(isNews(NEW, first)).toBe(true);
  });

  test('is no news once it is loaded, nor after a newer one of the same key', () => {
    expect(isNews(loaded, first)).toBe(false);
    expect(isNews(loaded, { ...first, sequencer: '0055AED6DCD90281E4' })).toBe(false);
    expect(isNews(loaded, { ...first, sequencer: '0055AED6DCD90281E6' })).toBe(true);
  });

  test.each([
    ['0055AED6DCD90281E5', '0055aed6dcd90281e5', 'in small letters'],
    ['0055AED6DCD90281E5', '0055AED6DCD90281E', 'shorter, as if filled up with zeros'],
    ['0055AED6DC', '0055AED6DC00', 'longer by zeros'],
  ])('loaded as %s is no news as %s: %s', (before, after) => {
    const head = { ...NEW, loaded: withLoaded(NEW, { ...first, sequencer: before }, 'etag@1') };
    expect(isNews(head, { ...first, sequencer: after })).toBe(false);
  });

  test('of another key is news unless it is older', () => {
    const zipped = { ...first, key: 'shop/batch_log.json.gz', sequencer: '00' };
    expect([999, 1_000, 1_001].map((at) => isNews(loaded, { ...zipped, at }))).toEqual([false, true, true]);
  });

  test('is remembered beside the last ones of other keys', () => {
    const zipped = { key: 'shop/batch_log.json.gz', sequencer: '1', at: 2_000 };
    expect(withLoaded(loaded, zipped, 'etag@2')).toEqual({
      'shop/batch_log.json': { sequencer: first.sequencer, at: 1_000, identity: 'etag@1' },
      'shop/batch_log.json.gz': { sequencer: '1', at: 2_000, identity: 'etag@2' },
    });
  });
});
