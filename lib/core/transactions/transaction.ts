import type { Micros, Seconds, UserId } from '../events/event.ts';

/** A transaction's id: a non-empty text, unique over all users. Made by the parser alone. */
export type TransactionId = string & { readonly __brand: 'TransactionId' };

/** A card transaction. Every text is at most {@link LONGEST_TEXT_BYTES} long in UTF-8. */
export interface Transaction {
  readonly id: TransactionId;
  readonly user: UserId;
  readonly amount: Micros;
  readonly time: Seconds;
  /** A country, or whatever names a place. */
  readonly location: string;
  readonly merchantCategory: string;
  readonly paymentMethod: string;
  readonly device?: string;
  readonly merchant?: string;
  /** The kinds of anomaly that a producer planted, none for a normal one. For measuring alone: no detector reads it. */
  readonly label?: readonly string[];
}

/** Places, categories, methods, devices and merchants are short words; a bound on what a hostile line can cost. */
export const LONGEST_TEXT_BYTES = 256;
