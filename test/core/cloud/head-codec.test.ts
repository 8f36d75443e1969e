import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeHead, encodeHead } from '../../../lib/core/cloud/head-codec.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { newHead } from '../../../lib/core/cloud/commits.ts';
import { EMPTY_TALLY } from '../../../lib/core/cloud/tally.ts';
import { seeded } from '../../seeded.ts';

const number = fc.maxSafeNat();
const count = fc.nat();
const text = fc.string({ unit: 'binary', maxLength: 20 });

const head: fc.Arbitrary<Head> = fc.record({
  network: fc.constant('shop' as NetworkName),
  version: number,
  generation: text,
  load: number,
  parameters: fc.record({ degrees: number, tracked: number }),
  kept: number,
  sequence: number,
  shards: fc.dictionary(text, fc.record({ sequenceNumber: text, at: number })),
  sources: fc.dictionary(text, fc.record({ next: number, at: number })),
  flushed: number,
  bodies: fc.array(text),
  loaded: fc.dictionary(text, fc.record({ sequencer: text, at: number, identity: text })),
  tally: fc.record(
    {
      events: count,
      flagged: count,
      rejected: count,
      minutes: fc.array(fc.tuple(count, count, count), { maxLength: 60 }),
      latest: fc.record({ arrivedAt: count, appliedAt: count }),
    },
    { requiredKeys: ['events', 'flagged', 'rejected', 'minutes'] },
  ),
});

describe('a head', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(head, (original) => {
        expect(decodeHead(encodeHead(original))).toEqual(original);
      }),
      seeded(200),
    );
  });

  test('that was written before there were tallies has counted nothing yet', () => {
    const stored = encodeHead(newHead('shop' as NetworkName, { degrees: 2, tracked: 50 }, 50));
    const { tally: _, ...older } = JSON.parse(stored) as Record<string, unknown>;
    expect(decodeHead(JSON.stringify(older)).tally).toEqual(EMPTY_TALLY);
  });

  test('takes less than 2 KB with its key, with 4 shards, 2 sources, 16 commits and a busy hour', () => {
    const at = 1_797_353_581_000;
    const sequenceNumber = '49590338271490256608559692538361571095921575989136588898';
    const shards = [0, 1, 2, 3].map((shard) => [`shardId-00000000000${shard}`, { sequenceNumber, at }]);
    const sources = [0, 1].map((source) => [`s-1a2b3c4${source}`, { next: 12_345_678, at }]);
    const encoded = encodeHead({
      network: 'shop' as NetworkName,
      version: 12_345_678,
      generation: 'k3J9xQ2z',
      load: 12,
      parameters: { degrees: 3, tracked: 50 },
      kept: 100,
      sequence: 1_234_567_890,
      shards: Object.fromEntries(shards) as Head['shards'],
      sources: Object.fromEntries(sources) as Head['sources'],
      flushed: 12_345_670,
      bodies: Array.from({ length: 16 }, () => 'k3J9xQ2z'),
      loaded: {
        'batch_log.json': {
          sequencer: '0055AED6DCD90281E5',
          at,
          identity: '9b2cf535f27731c974343645a3985328 1797353581',
        },
      },
      tally: {
        events: 1_234_567_890,
        flagged: 1_234_567,
        rejected: 12_345,
        minutes: Array.from({ length: 60 }, (_, minute) => [29_955_893 + minute, 60_000, 123]),
        latest: { arrivedAt: at, appliedAt: at + 1_234 },
      },
    });
    const attributes = 'pk'.length + 'shop'.length + 'sk'.length + 'head'.length + 'v'.length + 5 + 'd'.length;
    expect(attributes + encoded.length).toBeLessThan(2_048);
  });
});
