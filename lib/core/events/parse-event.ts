import { AMOUNT_DECIMALS, AMOUNT_DIGITS, parseAmount } from './amount.ts';
import {
  accept,
  quote,
  reject,
  type Micros,
  type NetworkEvent,
  type Parsed,
  type Rejected,
  type Seconds,
  type UserId,
} from './event.ts';
import { NumberText, parseFields, shown, type ReadField } from './json-fields.ts';
import { parseTimestamp } from './timestamp.ts';

const TYPES = ['purchase', 'befriend', 'unfriend'] as const satisfies readonly NetworkEvent['type'][];

/**
 * Reads one line of a log: an event of the network detector, or the reason why it is none.
 * Never throws, whatever the text; fields that the event does not need are ignored.
 */
export function parseEvent(text: string): Parsed<NetworkEvent> {
  const fields = parseFields(text);
  return fields.ok ? readEvent(fields.value) : fields;
}

/** As {@link parseEvent}, from the fields of a line. */
export function readEvent(read: ReadField): Parsed<NetworkEvent> {
  const type = TYPES.find((known) => known === read('event_type'));
  if (type === undefined) return rejectType(read('event_type'));
  const time = readTime(read);
  if (!time.ok) return time;
  return type === 'purchase' ? parsePurchase(read, time.value) : parseFriendshipChange(type, read, time.value);
}

function parsePurchase(read: ReadField, time: Seconds): Parsed<NetworkEvent> {
  const user = readUserId('id', read);
  if (!user.ok) return user;
  const amount = readAmount(read);
  if (!amount.ok) return amount;
  return accept({ type: 'purchase', time, user: user.value, amount: amount.value });
}

function parseFriendshipChange(type: 'befriend' | 'unfriend', read: ReadField, time: Seconds): Parsed<NetworkEvent> {
  const first = readUserId('id1', read);
  if (!first.ok) return first;
  const second = readUserId('id2', read);
  if (!second.ok) return second;
  if (type === 'befriend' && first.value === second.value) {
    return reject(`a user cannot befriend themselves (id1 and id2 are both ${quote(first.value)})`);
  }
  return accept({ type, time, users: [first.value, second.value] });
}

function rejectType(type: unknown): Parsed<never> {
  if (isMissing(type)) return rejectMissing('event_type', type);
  return reject(`event_type must be one of ${TYPES.join(', ')} (given ${shown(type)})`);
}

function readTime(read: ReadField): Parsed<Seconds> {
  const value = read('timestamp');
  if (isMissing(value)) return rejectMissing('timestamp', value);
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return accept(time);
  return reject(`timestamp must be a real date and time as YYYY-MM-DD HH:MM:SS (given ${shown(value)})`);
}

function readUserId(name: string, read: ReadField): Parsed<UserId> {
  const value = read(name);
  if (isMissing(value)) return rejectMissing(name, value);
  const id = value instanceof NumberText && /^-?\d+$/.test(value.text) ? value.text : value;
  if (typeof id === 'string') return accept(id as UserId);
  return reject(`${name} must be a non-empty string or an integer (given ${shown(value)})`);
}

function readAmount(read: ReadField): Parsed<Micros> {
  const value = read('amount');
  if (isMissing(value)) return rejectMissing('amount', value);
  const text = value instanceof NumberText ? value.text : value;
  const amount = typeof text === 'string' ? parseAmount(text) : undefined;
  if (amount !== undefined) return accept(amount);
  return reject(
    `amount must be a decimal of at least 0 with at most ${AMOUNT_DIGITS} digits before the point and ${AMOUNT_DECIMALS} after it (given ${shown(value)})`,
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function rejectMissing(name: string, value: unknown): Rejected {
  return reject(`${name} is ${value === '' ? 'empty' : 'missing'}`);
}
