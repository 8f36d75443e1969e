import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonMembers } from '../../../lib/core/events/json-members.ts';
import { rawMembers } from '../../oracle/json-object.ts';
import { seeded } from '../../seeded.ts';

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n'), maxLength: 3 });
const key = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom('', 'id', '__proto__', 'constructor', '"', '\\', '}', ',"', ':', '\u2028'),
);
const value = fc.oneof(
  fc.jsonValue().map((content) => JSON.stringify(content)),
  fc.jsonValue({ depthSize: 'large' }).map((content) => JSON.stringify(content, undefined, 1)),
  fc.constantFrom('-0', '1e3', '12345678901234567890', '1.50', '""', '"}"', '"\\""', '"\\\\"', '[[],{}]', '"//"', '"/*"'),
);

/** An object's text, keys repeated or not, with the escapes that JSON.stringify would not write. */
const object = fc
  .array(fc.tuple(key, fc.boolean(), value, space, space), { maxLength: 8 })
  .map((members) => members.map(([name, escaped, written, before, after]) => {
      const quoted = escaped ? escapeAll(name) : JSON.stringify(name);
      return { name, text: `${before}${quoted}${after}:${before}${written}${after}` };
    }),
  );

test('the members of an object are those that JSON.parse reads', () => {
  fc.assert(
    fc.property(object, space, (members, around) => {
      const text = `${around}{${members.map((member) => member.text).join(',') || around}}${around}`;
      const found = jsonMembers(text);

      expect(found.map((member) => member.key)).toEqual(members.map((member) => member.name));
      for (const { key, keyStart, keyEnd } of found) expect(JSON.parse(text.slice(keyStart, keyEnd))).toBe(key);
      const values = found.map(({ key, valueStart, valueEnd }) => [key, text.slice(valueStart, valueEnd)]);
      expect(values).toEqual(rawMembers(text).map(({ key, value }) => [key, value]));
      const entries = values.map(([key = '', value = '']): [string, unknown] => [key, JSON.parse(value)]);
      expect(new Map(entries)).toEqual(new Map(Object.entries(JSON.parse(text) as object)));
    }),
    seeded(500),
  );
});

function escapeAll(text: string): string {
  const escapes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'));
  return `"${escapes.map((code) => `\\u${code}`).join('')}"`;
}
