import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../lib/core/transactions/byte-reader.ts';
import { ByteWriter } from '../../../lib/core/transactions/byte-writer.ts';
import { BasicColumns } from '../../../lib/core/transactions/forest-columns.ts';
import { ForestModel } from '../../../lib/core/transactions/forest-model.ts';
import { restoreFeatures, saveFeatures, type Features } from '../../../lib/core/transactions/features.ts';
import { LEAST_TRAINING, Model, trainModel } from '../../../lib/core/transactions/model.ts';
import { SignalTails } from '../../../lib/core/transactions/signal-tails.ts';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import { world } from './transactions.ts';

const training: readonly Features[] = world.judgements.map(({ features }) => features);

describe('a model', () => {
  test('is the same for the same transactions, and another for another seed', () => {
    expect(trainModel(training).save()).toEqual(trainModel(training, { seed: 42, contamination: 0.05 }).save());
    expect(trainModel(training, { seed: 1 }).save()).not.toEqual(trainModel(training).save());
  });

  test('is the same after saving and restoring', () => {
    const saved = world.model.save();
    expect(Model.restore(saved).save()).toEqual(saved);
    expect(Model.restore(saved).report).toEqual(world.model.report);
  });

  test('reports what it was trained on, and flags the share of it that was asked for', () => {
    const { report } = trainModel(training, { contamination: 0.1, seed: 7 });
    expect(report).toMatchObject({ transactions: 2000, users: 20, contamination: 0.1, seed: 7 });
    expect(report.earliest).toBe(world.transactions[0]!.time);
    expect(report.latest).toBe(world.transactions.at(-1)!.time);
    expect(report.flaggedBasic).toBeCloseTo(0.1, 2);
    expect(Math.abs(report.flaggedEnhanced - 0.1)).toBeLessThan(0.03);
  });

  test('is trained on features in the form they are stored in', () => {
    const stored = training.map((features) => restoreFeatures(saveFeatures(features)));
    expect(trainModel(stored).save()).toEqual(trainModel(training).save());
  });

  test('can be trained on transactions that are all alike', () => {
    const alike = Array.from({ length: LEAST_TRAINING }, () => training[0]!);
    const model = trainModel(alike);
    expect(model.report.flaggedEnhanced).toBe(0);
    expect(Model.restore(model.save()).save()).toEqual(model.save());
  });

  test('needs enough transactions, and a share that can be flagged', () => {
    expect(() => trainModel(training.slice(0, 255))).toThrow('a model needs at least 256 transactions (given 255)');
    expect(() => trainModel(training, { contamination: 0 })).toThrow('must be above 0 and below 0.5 (given 0)');
    expect(() => trainModel(training, { contamination: NaN })).toThrow('(given NaN)');
    expect(() => trainModel(training, { contamination: 0.5 })).toThrow('(given 0.5)');
  });

  test('is refused where its bytes are damaged, cut off or of another format', () => {
    const saved = world.model.save();
    expect(() => Model.restore(saved.with(0, 2))).toThrow(UnreadableStateError);
    expect(() => Model.restore(saved.subarray(0, saved.length - 5))).toThrow(UnreadableStateError);
    const longer = new Uint8Array(saved.length + 1);
    longer.set(saved);
    expect(() => Model.restore(longer)).toThrow('goes on behind its end');
    expect(() => Model.restore(new Uint8Array())).toThrow(UnreadableStateError);
  });
});

describe('what was stored by another version', () => {
  test('features of other signals are refused', () => {
    const saved = saveFeatures(training[0]!);
    expect(saved.length).toBeLessThanOrEqual(64);
    expect(() => restoreFeatures(saved.with(1, 3))).toThrow('they are of 3 signals, this version of Flagstone has 8');
  });

  test('a model of other signals is refused', () => {
    const reader = new ByteReader('model', Uint8Array.of(1, 3), 1);
    expect(() => SignalTails.restore(reader)).toThrow('it is of 3 signals, this version of Flagstone has 8');
  });

  test('a forest of other columns is refused', () => {
    const basic = BasicColumns.fit(training);
    const writer = new ByteWriter();
    writer.byte(1);
    ForestModel.fit(training, basic, { seed: 1, contamination: 0.05 }).save(writer);
    const reader = new ByteReader('model', writer.toBytes(), 1);
    expect(() => ForestModel.restore(reader, { columns: 3, writeRow: () => undefined })).toThrow(
      'its forest is of 6 columns, this version of Flagstone has 3',
    );
  });
});
