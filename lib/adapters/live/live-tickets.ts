import { createHash, randomBytes } from 'node:crypto';
import { isTicket, TICKET_SECONDS } from '../../core/live/ticket.ts';
import type { TicketStore } from './ticket-store.ts';

interface LiveTicketsOptions {
  readonly store: TicketStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const TICKET_BYTES = 32;

/** Gives tickets out and takes them back. Whoever reads the store cannot connect with what is there: it is hashed. */
export class LiveTickets {
  readonly #options: LiveTicketsOptions;

  constructor(options: LiveTicketsOptions) {
    this.#options = options;
  }

  async give(): Promise<string> {
    const { store, now } = this.#options;
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    await store.put(hashOf(ticket), now() + TICKET_SECONDS * 1000);
    return ticket;
  }

  /** Whether this ticket was given, not long ago, and has not been taken back before. */
  async take(ticket: string | undefined): Promise<boolean> {
    const { store, now } = this.#options;
    return isTicket(ticket) && store.take(hashOf(ticket), now());
  }
}

/** A ticket is as random as its hash is long: it needs no salt, and nobody can guess it. */
function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
