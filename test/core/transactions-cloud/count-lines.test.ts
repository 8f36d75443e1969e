import { describe, expect, test } from 'vitest';
import { EMPTY_TALLY } from '../../../lib/core/cloud/tally.ts';
import { countLines, isUncounted } from '../../../lib/core/transactions-cloud/count-lines.ts';
import { originOf } from '../../../lib/core/transactions-cloud/line-origin.ts';

const MINUTE = 60_000;

describe('counting lines', () => {
  test('adds up what became of them, by the minute in which they arrived', () => {
    const lines = [
      { at: 10 * MINUTE, outcome: 'normal' },
      { at: 10 * MINUTE + 1, outcome: 'anomaly' },
      { at: 10 * MINUTE + 2, outcome: 'nothing' },
      { at: 12 * MINUTE, outcome: 'rejected' },
    ] as const;
    expect(countLines(EMPTY_TALLY, lines, 13 * MINUTE)).toEqual({
      events: 2,
      flagged: 1,
      rejected: 1,
      minutes: [
        [10, 2, 1],
        [12, 0, 0],
      ],
      latest: { arrivedAt: 12 * MINUTE, appliedAt: 13 * MINUTE },
    });
  });

  test('begins behind the position, and at the beginning without one', () => {
    const counted = { shard: 's', position: '99999999999999999999', tally: EMPTY_TALLY };
    expect(isUncounted(counted, '99999999999999999999')).toBe(false);
    expect(isUncounted(counted, '100000000000000000000')).toBe(true);
    expect(isUncounted(undefined, '1')).toBe(true);
  });

  test('tells lines apart by where they stand', () => {
    const places = [
      { shard: 's1', sequenceNumber: '1', line: 1 },
      { shard: 's1', sequenceNumber: '1', line: 2 },
      { shard: 's1', sequenceNumber: '2', line: 1 },
      { shard: 's2', sequenceNumber: '1', line: 1 },
    ];
    expect(new Set(places.map(originOf)).size).toBe(places.length);
  });
});
