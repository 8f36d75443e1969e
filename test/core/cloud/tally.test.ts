import { describe, expect, test } from 'vitest';
import { addMinutes, addToTally, EMPTY_TALLY } from '../../../lib/core/cloud/tally.ts';

const MINUTE = 60_000;

describe('a tally', () => {
  test('adds up what commits did, in total and by the minute', () => {
    let tally = EMPTY_TALLY;
    tally = addToTally(tally, { events: 5, flagged: 1, rejected: 2, at: 100 * MINUTE + 3, appliedAt: 1 });
    tally = addToTally(tally, { events: 7, flagged: 0, rejected: 0, at: 100 * MINUTE + 59_999, appliedAt: 2 });
    tally = addToTally(tally, { events: 1, flagged: 1, rejected: 1, at: 102 * MINUTE, appliedAt: 103 * MINUTE });
    expect(tally).toEqual({
      events: 13,
      flagged: 2,
      rejected: 3,
      minutes: [
        [100, 12, 1],
        [102, 1, 1],
      ],
      latest: { arrivedAt: 102 * MINUTE, appliedAt: 103 * MINUTE },
    });
  });

  test('puts late minutes where they belong, and forgets those of more than an hour before the latest', () => {
    const minutes = addMinutes(
      [[141, 1, 0]],
      [
        [200, 3, 1],
        [140, 1, 1],
        [150, 2, 0],
      ],
    );
    expect(minutes).toEqual([
      [141, 1, 0],
      [150, 2, 0],
      [200, 3, 1],
    ]);
  });

  test('of what was put back does not say how far behind the stream is', () => {
    const counted = { events: 1, flagged: 0, rejected: 0, at: 100 * MINUTE, appliedAt: 1 };
    const late = { ...counted, at: 90 * MINUTE, redriven: true } as const;
    expect(addToTally(EMPTY_TALLY, late)).not.toHaveProperty('latest');
    expect(addToTally(addToTally(EMPTY_TALLY, counted), late)).toMatchObject({
      events: 2,
      latest: { arrivedAt: 100 * MINUTE },
    });
  });

  test('of nothing is empty', () => {
    expect(addMinutes([], [])).toEqual([]);
  });
});
