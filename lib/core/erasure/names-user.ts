import type { UserId } from '../events/event.ts';
import { NumberText, parseFields } from '../events/json-fields.ts';

/** The fields of events that hold users. */
const FIELDS = ['id', 'id1', 'id2', 'user_id'];

/** What an id is made of, mostly: where one stands next to such a character, it is part of another. */
const ID_CHARACTER = /[\p{L}\p{N}_.-]/u;

/** Whether a line names a user in a field that is for one; of a line that is no JSON object, whether the id stands in it by itself. */
export function namesUser(text: string, user: UserId): boolean {
  if (!text.includes(user) && !text.includes('\\')) return false;
  const fields = parseFields(text);
  if (!fields.ok) return standsIn(text, user);
  return FIELDS.some((name) => {
    const value = fields.value(name);
    return (value instanceof NumberText ? value.text : value) === user;
  });
}

function standsIn(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + id.length)];
    if (!around.some((character) => ID_CHARACTER.test(character))) return true;
  }
  return false;
}
