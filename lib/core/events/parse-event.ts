import { accept, quote, reject, type NetworkEvent, type Parsed, type Seconds } from './event.ts';
import { parseFields, shown, type ReadField } from './json-fields.ts';
import { isMissing, readAmount, readTime, readUserId, rejectMissing } from './read-fields.ts';

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
