import { AMOUNT_DECIMALS, AMOUNT_DIGITS, parseAmount } from './amount.ts';
import { accept, reject, type Micros, type Parsed, type Rejected, type Seconds, type UserId } from './event.ts';
import { NumberText, shown, type ReadField } from './json-fields.ts';
import { parseTimestamp } from './timestamp.ts';

/** The `timestamp` of an event. */
export function readTime(read: ReadField): Parsed<Seconds> {
  const value = read('timestamp');
  if (isMissing(value)) return rejectMissing('timestamp', value);
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return accept(time);
  return reject(`timestamp must be a real date and time as YYYY-MM-DD HH:MM:SS (given ${shown(value)})`);
}

/** An id in the named field: a text, or an integer that is read as its digits. */
export function readUserId(name: string, read: ReadField): Parsed<UserId> {
  const value = read(name);
  if (isMissing(value)) return rejectMissing(name, value);
  const id = value instanceof NumberText && /^-?\d+$/.test(value.text) ? value.text : value;
  if (typeof id === 'string') return accept(id as UserId);
  return reject(`${name} must be a non-empty string or an integer (given ${shown(value)})`);
}

/** The `amount` of an event. */
export function readAmount(read: ReadField): Parsed<Micros> {
  const value = read('amount');
  if (isMissing(value)) return rejectMissing('amount', value);
  const text = value instanceof NumberText ? value.text : value;
  const amount = typeof text === 'string' ? parseAmount(text) : undefined;
  if (amount !== undefined) return accept(amount);
  return reject(
    `amount must be a decimal of at least 0 with at most ${AMOUNT_DIGITS} digits before the point and ${AMOUNT_DECIMALS} after it (given ${shown(value)})`,
  );
}

/** Whether a field is there at all: an empty text is as good as none. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

export function rejectMissing(name: string, value: unknown): Rejected {
  return reject(`${name} is ${value === '' ? 'empty' : 'missing'}`);
}
