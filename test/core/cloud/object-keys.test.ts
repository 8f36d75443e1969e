import { expect, test } from 'vitest';
import {
  versionInKey,
  bodyKey,
  bodyPrefix,
  flaggedKey,
  flaggedObjectOf,
  flaggedPrefix,
  refusalKey,
  rejectedKey,
  rejectedOfLogKey,
  rejectedOfLogPrefix,
  rejectedPrefix,
  reportKey,
  reportPrefix,
} from '../../../lib/core/cloud/object-keys.ts';
import { reportText } from '../../../lib/core/cloud/report-text.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';

const SHOP = 'shop' as NetworkName;
const DROP = { key: 'shop/batch_log.json.gz', sequencer: '0055', at: 0 };

test('objects are named by their network and what they hold', () => {
  expect([
    flaggedKey(SHOP, 1, 42),
    rejectedKey(SHOP, 42),
    rejectedOfLogKey(SHOP, DROP, 2),
    reportKey(SHOP, DROP),
    bodyKey(SHOP, 42, 'Ab-_9xyz'),
  ]).toEqual([
    'flagged/network=shop/load=000001/000000000042.json',
    'rejected/network=shop/000000000042.json',
    'rejected/network=shop/shop-batch_log.json.gz-0055/000000000002.json',
    'reports/network=shop/shop-batch_log.json.gz-0055.json',
    'bodies/network=shop/000000000042-Ab-_9xyz.json',
  ]);
});

test('objects are found by their prefixes, which are of no other network', () => {
  const others = 'shop2' as NetworkName;
  const found = [
    [flaggedKey(SHOP, 1, 42), flaggedPrefix(SHOP), flaggedPrefix(others)],
    [rejectedKey(SHOP, 42), rejectedPrefix(SHOP), rejectedPrefix(others)],
    [rejectedOfLogKey(SHOP, DROP, 2), rejectedOfLogPrefix(SHOP, DROP), rejectedPrefix(others)],
    [reportKey(SHOP, DROP), reportPrefix(SHOP), reportPrefix(others)],
    [bodyKey(SHOP, 42, 't'), bodyPrefix(SHOP), bodyPrefix(others)],
  ] as const;
  for (const [key, own, other] of found) expect([key.startsWith(own), key.startsWith(other)]).toEqual([true, false]);
});

test('the order of the keys is the order of the loads, and within one that of the commits', () => {
  const keys = [flaggedKey(SHOP, 2, 100), flaggedKey(SHOP, 2, 1_000), flaggedKey(SHOP, 10, 1_001)];
  expect(keys.toSorted()).toEqual(keys);
});

test('the report on an object that is no log is named by its whole key, as far as S3 has room for it', () => {
  expect(refusalKey({ key: 'a b/ü/batch_log.json', sequencer: '7', at: 0 })).toBe(
    'reports/refused/a%20b%2F%C3%BC%2Fbatch_log.json-7.json',
  );
  expect(refusalKey({ key: 'ü'.repeat(512), sequencer: '0055AED6DCD90281E5', at: 0 }).length).toBeLessThanOrEqual(
    1_024,
  );
});

test('a report is JSON that people can read', () => {
  expect(reportText({ events: 1, users: 2 })).toBe('{\n  "events": 1,\n  "users": 2\n}\n');
});

test('a key of flagged purchases tells what it names, and no other key does', () => {
  expect(flaggedObjectOf(flaggedKey(SHOP, 3, 42))).toEqual({ network: 'shop', load: 3, version: 42 });
  const others = [rejectedKey(SHOP, 42), 'flagged/network=a b/load=000001/000000000042.json', 'flagged/x.json'];
  expect(others.map(flaggedObjectOf)).toEqual([undefined, undefined, undefined]);
});

test.each([
  ['bodies/network=shop/000000000012-k3J9xQ2z.json', 12],
  ['flagged/network=shop/load=000001/000000000012.json', 12],
  ['rejected/network=shop/000000000012.json', 12],
  ['rejected/network=shop/shop-batch_log.json-0055AED6DCD90281E5/000000000001.json', undefined],
  ['reports/network=shop/shop-batch_log.json-0055AED6DCD90281E5.json', undefined],
])('%s is of version %j', (key, version) => {
  expect(versionInKey(key)).toBe(version);
});
