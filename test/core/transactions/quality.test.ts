import { describe, expect, test } from 'vitest';
import { labelledTransactions, simulatedTransactions } from '../../bench/transactions/labelled-transactions.ts';
import { measureQuality } from '../../bench/transactions/transaction-quality.ts';

// The goals are an area of 0.95, an average precision of 0.35 and a recall of 0.92; 0.90 for what is simulated.
const MARGIN = 0.01;

describe('the enhanced detector', () => {
  const labelled = labelledTransactions();

  test.skipIf(labelled === undefined)('finds frauds among labelled card transactions', () => {
    const { rocAuc, averagePrecision, recall } = measureQuality(labelled!, { mode: 'enhanced' });
    expect(rocAuc).toBeGreaterThan(0.95 - MARGIN);
    expect(averagePrecision).toBeGreaterThan(0.35 - MARGIN);
    expect(recall).toBeGreaterThan(0.92 - MARGIN);
  });

  test('finds every kind of anomaly that the producer plants, and more of them than the basic one', () => {
    const simulated = simulatedTransactions();
    const enhanced = measureQuality(simulated, { mode: 'enhanced' });
    expect(enhanced.recall).toBeGreaterThan(0.9 - MARGIN);
    expect(Math.min(...enhanced.kinds.values())).toBeGreaterThan(0.7);
    expect(enhanced.kinds.size).toBe(5);
    expect(enhanced.recall).toBeGreaterThan(measureQuality(simulated, { mode: 'basic' }).recall);
  });
});
