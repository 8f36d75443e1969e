import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { originMetadata, readOrigin } from '../../../lib/core/cloud/commit-origin.ts';
import type { CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { seeded } from '../../seeded.ts';

type Origin = Pick<CommitBody, 'request' | 'covers'>;

function told(origin: Origin): Readonly<Record<string, string>> {
  return originMetadata(origin as CommitBody);
}

const numbers = fc.bigInt(0n, 10n ** 56n).map(String);
const covers = fc.array(
  fc.record({ shard: fc.integer({ min: 0, max: 9999 }).map((n) => `shardId-${n}`), first: numbers, last: numbers }),
  { maxLength: 8 },
);
const origins: fc.Arbitrary<Origin> = fc.oneof(fc.record({ covers }), fc.record({ covers, request: fc.uuid() }));

test('what is told of a commit with an object is found there', () => {
  fc.assert(
    fc.property(origins, ({ covers: records, ...request }) => {
      expect(readOrigin(told({ covers: records, ...request }))).toEqual({ records, ...request });
    }),
    seeded(200),
  );
});

test('S3 takes it, however many shards there were', () => {
  const shard = { shard: 'shardId-000000000000', first: '9'.repeat(56), last: '9'.repeat(56) };
  const metadata = told({ covers: Array.from({ length: 500 }, () => shard), request: 'a'.repeat(100) });
  expect(Object.entries(metadata).flat().join('').length).toBeLessThan(2048);
  expect(readOrigin(metadata)?.records).toHaveLength(8);
});

test('an object that tells of no records has no origin', () => {
  expect(readOrigin({})).toBeUndefined();
  expect(readOrigin({ records: '' })).toEqual({ records: [] });
});
