import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { IsolationForest } from '../../../lib/core/forest/isolation-forest.ts';
import { averagePrecision, rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes } from '../../../lib/core/quality/rank-outcomes.ts';

// ADBench's classical sets, which the repository does not hold, with what scikit-learn 1.2.1 gives: mean and standard
// deviation of the ROC-AUC, and of the average precision, over 10 seeds. (Of cardio its 10 seeds were lucky: over 150 it
// gives 0.925, this forest over 300 gives 0.924.)
const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/adbench');
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);

describe.skipIf(!existsSync(FOLDER))('on a public set, a forest', () => {
  test.each([
    { name: '6_cardio', auc: [0.933, 0.01], precision: [0.578, 0.034] },
    { name: '23_mammography', auc: [0.862, 0.008], precision: [0.221, 0.036] },
    { name: '38_thyroid', auc: [0.978, 0.004], precision: [0.526, 0.091] },
    { name: '30_satellite', auc: [0.701, 0.02], precision: [0.658, 0.024] },
    { name: '28_pendigits', auc: [0.942, 0.02], precision: [0.263, 0.064] },
  ])('is as good as the reference within a standard deviation: $name', ({ name, auc, precision }) => {
    const { columns, rows, isAnomaly } = readSet(name);
    const rankings = SEEDS.map((seed) =>
      rankOutcomes(IsolationForest.fit(rows, { columns, seed }).scoreAll(rows), isAnomaly),
    );
    expect(mean(rankings.map(rocAuc))).toBeGreaterThan(auc[0]! - auc[1]!);
    expect(mean(rankings.map(averagePrecision))).toBeGreaterThan(precision[0]! - precision[1]!);
  });

  test('scores at the reference’s level, not only in its order: mammography', () => {
    const { columns, rows, isAnomaly } = readSet('23_mammography');
    const scores = IsolationForest.fit(rows, { columns, seed: 1 }).scoreAll(rows);
    expect(Math.abs(mean([...scores].filter((_, row) => isAnomaly[row])) - 0.536)).toBeLessThan(0.02);
    expect(Math.abs(mean([...scores].filter((_, row) => !isAnomaly[row])) - 0.421)).toBeLessThan(0.02);
  });
});

interface LabelledRows {
  readonly columns: number;
  readonly rows: Float64Array;
  readonly isAnomaly: readonly boolean[];
}

function readSet(name: string): LabelledRows {
  const [, ...lines] = readFileSync(path.join(FOLDER, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  const values = lines.map((line) => line.split(',').map(Number));
  return {
    columns: values[0]!.length - 1,
    rows: Float64Array.from(values.flatMap((row) => row.slice(0, -1))),
    isAnomaly: values.map((row) => row.at(-1) === 1),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
