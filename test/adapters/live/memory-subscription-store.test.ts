import { describe } from 'vitest';
import { MemorySubscriptionStore } from '../../../lib/adapters/live/memory-subscription-store.ts';
import { describeSubscriptionStore } from '../../contracts/subscription-store.contract.ts';

describe('MemorySubscriptionStore', () => {
  describeSubscriptionStore(async () => new MemorySubscriptionStore());
});
