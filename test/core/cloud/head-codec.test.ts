import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeHead, encodeHead } from '../../../lib/core/cloud/head-codec.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { seeded } from '../../seeded.ts';

const number = fc.maxSafeNat();
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

  test('takes less than 1 KB with its key, with 4 shards, 2 sources and 16 commits', () => {
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
    });
    const attributes = 'pk'.length + 'shop'.length + 'sk'.length + 'head'.length + 'v'.length + 5 + 'd'.length;
    expect(attributes + encoded.length).toBeLessThan(1_024);
  });
});
