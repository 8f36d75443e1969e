import { describe, expect, test } from 'vitest';
import { evaluateTraining, type TrainingRow } from '../../../lib/core/transactions/evaluate-training.ts';
import { LEAST_TRAINING } from '../../../lib/core/transactions/model.ts';
import { world } from './transactions.ts';

const rows: readonly TrainingRow[] = world.judgements.map(({ features }, index) => ({
  features,
  label: world.transactions[index]!.label,
}));

const unlabelled = rows.map(({ features }) => ({ features }));

describe('an evaluation', () => {
  const evaluation = evaluateTraining(rows)!;

  test('holds the latest fifth out', () => {
    expect(evaluation).toMatchObject({ trained: 1600, heldOut: 400, labelled: 400 });
    expect(evaluation.anomalies).toBe(rows.slice(1600).filter(({ label }) => label!.length > 0).length);
  });

  test('tells how well both modes tell what was planted', () => {
    const { basic, enhanced } = evaluation.modes;
    expect(enhanced.quality!.rocAuc).toBeGreaterThan(0.95);
    expect(enhanced.quality!.averagePrecision).toBeGreaterThan(basic.quality!.averagePrecision);
    expect(enhanced.quality!.recallAtFivePercent).toBeGreaterThan(basic.quality!.recallAtFivePercent);
    for (const { flagged } of [basic, enhanced]) expect(Math.abs(flagged - 0.05)).toBeLessThan(0.03);
  });

  test('judges nearly as the stream would: each user’s transactions before are remembered', () => {
    const { judgements } = world;
    const share = judgements.slice(1600).filter(({ isAnomaly }) => isAnomaly).length / 400;
    expect(Math.abs(share - evaluation.modes.enhanced.flagged)).toBeLessThan(0.01);
  });

  test('without labels tells what is flagged alone, and the same of it', () => {
    const { modes, ...counts } = evaluateTraining(unlabelled)!;
    expect(counts).toEqual({ trained: 1600, heldOut: 400, labelled: 0, anomalies: 0 });
    expect(modes.enhanced).toEqual({ flagged: evaluation.modes.enhanced.flagged });
  });

  test('says nothing of quality where few anomalies are known, or nothing else', () => {
    const known = new Set(
      rows
        .slice(1600)
        .filter(({ label }) => label!.length > 0)
        .slice(0, 9),
    );
    const few = rows.map((row) => (known.has(row) ? row : { ...row, label: [] }));
    expect(evaluateTraining(few)).toMatchObject({
      labelled: 400,
      anomalies: 9,
      modes: { basic: { flagged: expect.any(Number) } },
    });
    expect(evaluateTraining(few)!.modes.basic.quality).toBeUndefined();
    const all = unlabelled.map((row, index) => (index % 20 === 0 ? Object.assign({ label: ['amount'] }, row) : row));
    expect(evaluateTraining(all)!.modes.basic.quality).toBeUndefined();
  });

  test('is none where the others are too few to train on', () => {
    expect(evaluateTraining(rows.slice(0, LEAST_TRAINING))).toBeUndefined();
    expect(evaluateTraining([])).toBeUndefined();
    expect(evaluateTraining(rows.slice(0, LEAST_TRAINING + 64), { contamination: 0.1 })).toMatchObject({
      trained: LEAST_TRAINING,
      heldOut: 64,
    });
  });
});
