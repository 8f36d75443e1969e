import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { readPointTime, type PointTime } from './point-time.ts';

/** A point as it comes. */
export interface Point extends PointTime {
  readonly value: number;
}

/** A point, or what was to be one and is answered with the reason; in its turn if it has a number. */
export type MessageItem =
  | { readonly kind: 'point'; readonly sequence?: number; readonly point: Point }
  | { readonly kind: 'bad'; readonly sequence?: number; readonly timestamp?: string | number; readonly reason: string };

/** What a client may say. */
export type Message =
  | { readonly kind: 'ping' }
  | (MessageItem & Manner)
  /** At least one; either none has a number, or all have, each that after the one before. */
  | ({ readonly kind: 'list'; readonly items: readonly MessageItem[] } & Manner);

interface Manner {
  /** Nothing else of the connection is without an answer, and nothing more comes before the answer to this. */
  readonly isAlone?: true;
}

/** Points in a message. Their answers are some 25 KB. */
export const MOST_POINTS = 100;

type Fields = Readonly<Record<string, unknown>>;

/** Reads a message of a client: total, so that nothing that is sent can stop what comes after it. */
export function readMessage(text: string): Message {
  const parsed = parseFields(text);
  if (!parsed.ok) return { kind: 'bad', reason: parsed.reason };
  const fields = parsed.value;
  if (fields['ping'] === true && fields['value'] === undefined) return { kind: 'ping' };
  const manner: Manner = fields['alone'] === true ? { isAlone: true } : {};
  const { points } = fields;
  if (points === undefined) return { ...readItem(fields), ...manner };
  if (!Array.isArray(points) || points.length === 0 || points.length > MOST_POINTS) {
    const given = Array.isArray(points) ? points.length : quote(points);
    return { kind: 'bad', reason: `points must be a list of 1 to ${MOST_POINTS} points (given ${given})` };
  }
  return { kind: 'list', items: readItems(points), ...manner };
}

function readItems(points: readonly unknown[]): MessageItem[] {
  const items = points.map((point) => (isFields(point) ? readItem(point) : noFields(point)));
  const first = items[0]?.sequence;
  return items.map((item, place) => inSequence(item, first === undefined ? undefined : first + place));
}

/** What has another number than its place gives it would wait for a number that may never come, or be waited for. */
function inSequence(item: MessageItem, due: number | undefined): MessageItem {
  const { sequence } = item;
  if (sequence === due) return item;
  if (due === undefined) {
    return { kind: 'bad', reason: `sequence must be missing, as the first of the points has none (given ${sequence})` };
  }
  const given = sequence === undefined ? 'none that can be read' : sequence;
  const reason = `sequence must be ${due}, the one after that of the point before (given ${given})`;
  return { kind: 'bad', sequence: due, reason };
}

function readItem(fields: Fields): MessageItem {
  const sequence = readSequence(fields['sequence']);
  if (!sequence.ok) return { kind: 'bad', reason: sequence.reason };
  const numbered = sequence.value === undefined ? {} : { sequence: sequence.value };
  const time = readPointTime(fields['timestamp']);
  if (!time.ok) return { kind: 'bad', ...numbered, reason: missingOr(fields, 'timestamp', time.reason) };
  const { value } = fields;
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { kind: 'point', ...numbered, point: { ...time.value, value } };
  }
  const reason = missingOr(fields, 'value', `value must be a finite number (given ${quote(value)})`);
  return { kind: 'bad', ...numbered, timestamp: time.value.timestamp, reason };
}

function parseFields(text: string): Parsed<Fields> {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? accept(value) : reject(noFields(value).reason);
  } catch {
    return reject(noFields(text).reason);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noFields(given: unknown): Extract<MessageItem, { kind: 'bad' }> {
  return {
    kind: 'bad',
    reason: `a message must be a JSON object such as {"timestamp":1,"value":1.5} (given ${quote(given)})`,
  };
}

function readSequence(given: unknown): Parsed<number | undefined> {
  if (given === undefined) return accept(undefined);
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return accept(given);
  return reject(`sequence must be an integer of at least 0 (given ${quote(given)})`);
}

function missingOr(fields: Fields, name: string, reason: string): string {
  return Object.hasOwn(fields, name) ? reason : `${name} is missing`;
}
