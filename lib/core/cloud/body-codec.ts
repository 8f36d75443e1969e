import type { Micros, NetworkEvent, UserId } from '../events/event.ts';
import type { CommitBody } from './commit-body.ts';
import { decodeFlagged, encodeFlagged, type StoredFlagged } from './flagged-codec.ts';
import { readStoredJson, type StoredJson } from './stored-json.ts';

const FORMAT = 1;

interface StoredBody extends StoredJson, Omit<CommitBody, 'events' | 'flagged'> {
  readonly events: readonly EventField[];
  readonly flagged: readonly StoredFlagged[];
}

/** The events one after the other, four fields each: type, time, user, then the amount in millionths or the other user. */
type EventField = string | number;
const EVENT_FIELDS = 4;

const TYPES = ['purchase', 'befriend', 'unfriend'] as const satisfies readonly NetworkEvent['type'][];

/** One JSON document. The events are one flat list: ten thousand little ones would take several times as long. */
export function encodeBody({ events, flagged, ...rest }: CommitBody): string {
  const stored: StoredBody = {
    format: FORMAT,
    ...rest,
    events: encodeEvents(events),
    flagged: flagged.map(encodeFlagged),
  };
  return JSON.stringify(stored);
}

/** @throws UnreadableStateError */
export function decodeBody(data: string | Uint8Array): CommitBody {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  const stored = readStoredJson('body of a commit', text, FORMAT) as StoredBody;
  const { format: _, events, flagged, ...rest } = stored;
  return { ...rest, events: decodeEvents(events), flagged: flagged.map(decodeFlagged) };
}

function encodeEvents(events: readonly NetworkEvent[]): EventField[] {
  const fields: EventField[] = [];
  for (const event of events) {
    if (event.type === 'purchase') fields.push(0, event.time, event.user, String(event.amount));
    else fields.push(TYPES.indexOf(event.type), event.time, event.users[0], event.users[1]);
  }
  return fields;
}

function decodeEvents(fields: readonly EventField[]): NetworkEvent[] {
  const events: NetworkEvent[] = [];
  for (let at = 0; at < fields.length; at += EVENT_FIELDS) {
    events.push(decodeEvent(fields.slice(at, at + EVENT_FIELDS) as StoredEvent));
  }
  return events;
}

type StoredEvent = [type: 0 | 1 | 2, time: number, user: UserId, amountOrOther: string];

function decodeEvent([code, time, user, amountOrOther]: StoredEvent): NetworkEvent {
  const type = TYPES[code];
  if (type === 'purchase') return { type, time, user, amount: BigInt(amountOrOther) as Micros };
  return { type, time, users: [user, amountOrOther as UserId] };
}
