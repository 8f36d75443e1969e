import { describe } from 'vitest';
import { MemoryTicketStore } from '../../../lib/adapters/live/memory-ticket-store.ts';
import { describeTicketStore } from '../../contracts/ticket-store.contract.ts';

describe('MemoryTicketStore', () => {
  describeTicketStore(async () => new MemoryTicketStore());
});
