import { MemoryTallyStore } from '../../../lib/adapters/transactions/memory-tally-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { testTallyStore } from '../../contracts/tally-store.contract.ts';
import { testTransactionStore } from '../../contracts/transaction-store.contract.ts';
import { testUserStore } from '../../contracts/user-store.contract.ts';

testTransactionStore(async () => new MemoryTransactionStore());
testTallyStore(async () => new MemoryTallyStore());
testUserStore(async () => new MemoryUserStore());
