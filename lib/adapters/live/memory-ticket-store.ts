import type { TicketStore } from './ticket-store.ts';

/** The twin of DynamoTicketStore: keeps the same contract, in memory. */
export class MemoryTicketStore implements TicketStore {
  readonly #expiries = new Map<string, number>();

  async put(hash: string, expiresAt: number): Promise<void> {
    this.#expiries.set(hash, expiresAt);
  }

  async take(hash: string, now: number): Promise<boolean> {
    const expiresAt = this.#expiries.get(hash);
    if (expiresAt === undefined || expiresAt <= now) return false;
    return this.#expiries.delete(hash);
  }
}
