import { accept, quote, reject, type Parsed } from '../events/event.ts';
import { LARGEST_WINDOW, LEAST_WINDOW } from '../series/series-options.ts';

/** What a client says of itself when it connects. */
export interface ConnectRequest {
  readonly client: string;
  readonly window: number;
  /** Where its numbers belong: the same one goes on counting, another one counts anew. */
  readonly source?: string;
  /** The lowest number that has no answer yet: from there on, this connection is answered in order. */
  readonly first?: number;
}

/** The parameters of the query, decoded. */
type Query = Readonly<Record<string, string | undefined>>;

const LONGEST_NAME = 128;
export const NAME_ALLOWED = `text of 1 to ${LONGEST_NAME} characters, none of control`;
const ANY_NUMBER = { least: 0, most: Number.MAX_SAFE_INTEGER };

/** Reads the query of a connection. @returns the first fault, which names the parameter */
export function readConnectRequest(query: Query): Parsed<ConnectRequest> {
  const client = readName('client_id', query['client_id']);
  if (!client.ok) return client;
  const window = readInteger('window', query['window'], { least: LEAST_WINDOW, most: LARGEST_WINDOW });
  if (!window.ok) return window;
  const first = optional(query['first'], (given) => readInteger('first', given, ANY_NUMBER));
  if (!first.ok) return first;
  const source = optional(query['source'], (given) => readName('source', given));
  if (!source.ok) return source;
  return accept({
    client: client.value,
    window: window.value,
    ...(first.value !== undefined && { first: first.value }),
    ...(source.value !== undefined && { source: source.value }),
  });
}

function optional<Value>(given: string | undefined, read: (given: string) => Parsed<Value>): Parsed<Value | undefined> {
  return given === undefined ? accept(undefined) : read(given);
}

function readName(parameter: string, given: string | undefined): Parsed<string> {
  if (given === undefined) return reject(`${parameter} is missing`);
  if (isName(given)) return accept(given);
  return reject(`${parameter} must be ${NAME_ALLOWED} (given ${quote(given)})`);
}

/** Whether a text can be the id of a client. Half of a surrogate pair is no character. */
export function isName(given: string): boolean {
  return given !== '' && given.length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}]/u.test(given);
}

function readInteger(
  parameter: string,
  given: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): Parsed<number> {
  if (given === undefined) return reject(`${parameter} is missing`);
  const number = Number(given);
  if (/^\d{1,16}$/.test(given) && number >= least && number <= most) return accept(number);
  const allowed = `an integer from ${least} to ${most.toLocaleString('en')}`;
  return reject(`${parameter} must be ${allowed} (given ${quote(given)})`);
}
