/** A user's id: a non-empty text. Made by the parser alone. */
export type UserId = string & { readonly __brand: 'UserId' };

/** An amount of money in millionths (1.50 is 1_500_000n): exact, at least 0, below 10^24. */
export type Micros = bigint & { readonly __brand: 'Micros' };

/** Whole seconds since 1970-01-01 00:00:00, in the proleptic Gregorian calendar and no time zone. */
export type Seconds = number;

export interface Purchase {
  readonly type: 'purchase';
  readonly time: Seconds;
  readonly user: UserId;
  readonly amount: Micros;
}

/** A change of a friendship, which is always two-way. */
export interface FriendshipChange {
  readonly type: 'befriend' | 'unfriend';
  readonly time: Seconds;
  readonly users: readonly [UserId, UserId];
}

export type NetworkEvent = Purchase | FriendshipChange;

/** Bad input is a value, not an exception: it must never stop what comes after it. */
export type Parsed<Value> = Accepted<Value> | Rejected;

export interface Accepted<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Rejected {
  readonly ok: false;
  /** What is wrong, the value given, and what is allowed. */
  readonly reason: string;
}

export function accept<Value>(value: Value): Accepted<Value> {
  return { ok: true, value };
}

export function reject(reason: string): Rejected {
  return { ok: false, reason };
}

const LONGEST_QUOTE = 60;

/** A value as an error message shows it, shortened, so that a hostile line makes no endless message. */
export function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
