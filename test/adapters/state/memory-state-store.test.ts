import { MemoryStateStore } from '../../../lib/adapters/state/memory-state-store.ts';
import { testStateStore } from '../../contracts/state-store.contract.ts';

testStateStore(async () => new MemoryStateStore(), { crowd: 100_000 });
