/** The tickets that nobody has used yet: not they themselves, but what is made of them by hashing. */
export interface TicketStore {
  /** Keeps a ticket until its time is over, in milliseconds since 1970. */
  put(hash: string, expiresAt: number): Promise<void>;
  /** Takes a ticket away; false if it is not there, or its time is over. Of several at once, one gets it. */
  take(hash: string, now: number): Promise<boolean>;
}
