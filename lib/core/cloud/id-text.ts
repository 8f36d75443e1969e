import { quote, reject, type NetworkEvent, type Rejected, type UserId } from '../events/event.ts';

/**
 * An id as text that UTF-8 can hold. JSON can name halves of surrogate pairs ("\ud800"), which UTF-8 would turn into one and
 * the same replacement character, and so different users into one. Almost every id is its own text.
 */
export function textOfId(id: UserId): string {
  return SPECIAL.test(id) ? id.replaceAll(EVERY_SPECIAL, escape) : id;
}

export function idOfText(text: string): UserId {
  return (text.includes(ESCAPE) ? text.replaceAll(ESCAPED, unescape) : text) as UserId;
}

/** The noncharacter at the very end of Unicode: stands before four digits in place of half a pair, and before itself. */
const ESCAPE = '\u{10ffff}';
const SPECIAL = /[\p{Surrogate}\u{10ffff}]/u;
const EVERY_SPECIAL = /[\p{Surrogate}\u{10ffff}]/gu;
const ESCAPED = /\u{10ffff}(\u{10ffff}|[\da-f]{4})/gu;

function escape(special: string): string {
  return ESCAPE + (special === ESCAPE ? ESCAPE : special.charCodeAt(0).toString(16));
}

function unescape(_: string, escaped: string): string {
  return escaped === ESCAPE ? ESCAPE : String.fromCharCode(parseInt(escaped, 16));
}

/** A key of DynamoDB holds up to 2,048 bytes, and names the network and the generation besides the user. */
export const LONGEST_ID_BYTES = 1024;

/** No id with so few characters is too long: half a pair takes 8 bytes, everything else less. */
const SHORT = LONGEST_ID_BYTES / 8;
const encoder = new TextEncoder();

/** Why an event cannot be stored in the cloud, if it cannot: its ids have to fit into keys. */
export function rejectLongIds(event: NetworkEvent): Rejected | undefined {
  const ids = event.type === 'purchase' ? [event.user] : event.users;
  const tooLong = ids.find(isTooLong);
  return tooLong === undefined
    ? undefined
    : reject(`an id must be at most ${LONGEST_ID_BYTES} bytes long in UTF-8 (given ${quote(tooLong)})`);
}

/** Whether an id is too long to be stored. */
export function isTooLong(id: UserId): boolean {
  return id.length > SHORT && encoder.encode(textOfId(id)).length > LONGEST_ID_BYTES;
}
