import { describe } from 'vitest';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';
import { describeSeriesStore } from '../../contracts/series-store.contract.ts';

describe('MemorySeriesStore', () => {
  describeSeriesStore(async () => new MemorySeriesStore());
});
