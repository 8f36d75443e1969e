import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { testTransactionStore } from '../../contracts/transaction-store.contract.ts';
import { testUserStore } from '../../contracts/user-store.contract.ts';

testTransactionStore(async () => new MemoryTransactionStore());
testUserStore(async () => new MemoryUserStore());
