import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePrecision, flagAbove, flagShare, rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes, type Ranking } from '../../../lib/core/quality/rank-outcomes.ts';
import { seeded } from '../../seeded.ts';

interface Row {
  readonly score: number;
  readonly isAnomaly: boolean;
}

// Few scores, so that many rows tie; infinite ones are scores too.
const row: fc.Arbitrary<Row> = fc.record({
  score: fc.constantFrom(-Infinity, -2, 0, -0, 0.25, 0.5, 7, Infinity),
  isAnomaly: fc.boolean(),
});
// At least one of each, without which most measures are unknown.
const rows = fc
  .array(row, { minLength: 2, maxLength: 40 })
  .filter((rows) => new Set(rows.map(({ isAnomaly }) => isAnomaly)).size === 2);

function rank(rows: readonly Row[]): Ranking {
  return rankOutcomes(
    rows.map(({ score }) => score),
    rows.map(({ isAnomaly }) => isAnomaly),
  );
}

function measure(ranking: Ranking): unknown {
  return [rocAuc(ranking), averagePrecision(ranking), flagShare(ranking, 0.3), flagAbove(ranking, 0)];
}

function checkRows(predicate: (rows: Row[]) => void): void {
  fc.assert(fc.property(rows, predicate), seeded(300));
}

function share(rows: readonly Row[], of: (row: Row) => boolean): number {
  return rows.filter(of).length / rows.length;
}

describe('the quality of a ranking', () => {
  test('the area under the ROC curve is the share of pairs that are in order, ties counting half', () => {
    checkRows((rows) => {
      const anomalies = rows.filter(({ isAnomaly }) => isAnomaly);
      const normals = rows.filter(({ isAnomaly }) => !isAnomaly);
      const pairs = anomalies.flatMap((one) => normals.map((other) => [one.score, other.score] as const));
      const won = pairs.map(([one, other]) => (one > other ? 1 : one === other ? 0.5 : 0) as number);
      expect(rocAuc(rank(rows))).toBeCloseTo(won.reduce((sum, points) => sum + points, 0) / pairs.length, 12);
    });
  });

  test('average precision is the mean, over the anomalies, of the precision at their scores', () => {
    checkRows((rows) => {
      const anomalies = rows.filter(({ isAnomaly }) => isAnomaly);
      const precisions = anomalies.map(({ score }) =>
        share(
          rows.filter((row) => row.score >= score),
          ({ isAnomaly }) => isAnomaly,
        ),
      );
      const mean = precisions.reduce((sum, precision) => sum + precision, 0) / anomalies.length;
      expect(averagePrecision(rank(rows))).toBeCloseTo(mean, 12);
    });
  });

  test('what is flagged above a threshold is what scores higher', () => {
    checkRows((rows) => {
      const flagged = rows.filter(({ score }) => score > 0.25);
      const found = flagged.filter(({ isAnomaly }) => isAnomaly).length;
      expect(flagAbove(rank(rows), 0.25)).toEqual({
        flagged: flagged.length,
        found,
        precision: found / flagged.length,
        recall: found / rows.filter(({ isAnomaly }) => isAnomaly).length,
      });
    });
  });

  test('flagging the share that scores above a threshold is flagging above the threshold', () => {
    checkRows((rows) => {
      const above = flagAbove(rank(rows), 0.25);
      expect(flagShare(rank(rows), above.flagged / rows.length)).toEqual(above);
    });
  });

  test('no measure depends on the order of the rows', () => {
    checkRows((rows) => {
      expect(measure(rank(rows.toReversed()))).toEqual(measure(rank(rows)));
    });
  });
});
