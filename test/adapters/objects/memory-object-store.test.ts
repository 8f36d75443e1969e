import { describe } from 'vitest';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { testObjectStore } from '../../contracts/object-store.contract.ts';

describe('the object store in memory', () => {
  testObjectStore(async () => {
    let now = 1_497_353_581_000;
    return {
      store: new MemoryObjectStore(() => new Date(now)),
      passASecond: async () => {
        now += 1_000;
      },
    };
  });
});
