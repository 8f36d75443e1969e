import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { readPointTime, type PointTime } from './point-time.ts';

/** A point as it comes. */
export interface Point extends PointTime {
  readonly value: number;
}

/** What a client may say. `bad` is answered with the reason, in its turn if it has a number. */
export type Message =
  | { readonly kind: 'ping' }
  | { readonly kind: 'point'; readonly sequence?: number; readonly point: Point }
  | { readonly kind: 'bad'; readonly sequence?: number; readonly timestamp?: string | number; readonly reason: string };

type Fields = Readonly<Record<string, unknown>>;

/** Reads a message of a client: total, so that nothing that is sent can stop what comes after it. */
export function readMessage(text: string): Message {
  const parsed = parseFields(text);
  if (!parsed.ok) return { kind: 'bad', reason: parsed.reason };
  const fields = parsed.value;
  if (fields['ping'] === true && fields['value'] === undefined) return { kind: 'ping' };
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
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return accept(value as Fields);
    return reject(`a message must be a JSON object such as {"timestamp":1,"value":1.5} (given ${quote(value)})`);
  } catch {
    return reject(`a message must be a JSON object such as {"timestamp":1,"value":1.5} (given ${quote(text)})`);
  }
}

function readSequence(given: unknown): Parsed<number | undefined> {
  if (given === undefined) return accept(undefined);
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return accept(given);
  return reject(`sequence must be an integer of at least 0 (given ${quote(given)})`);
}

function missingOr(fields: Fields, name: string, reason: string): string {
  return Object.hasOwn(fields, name) ? reason : `${name} is missing`;
}
