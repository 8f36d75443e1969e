import { expect, test } from 'vitest';
import { printable, shortPrintable } from '../../../lib/cli/terminal/printable.ts';

test.each([
  ['\x1b[2J', '\\u001b[2J'],
  ['a\tb\nc\r', 'a\\u0009b\\u000ac\\u000d'],
  ['\x7f\x9b', '\\u007f\\u009b'],
  ['\u202eabc\u2066', '\\u202eabc\\u2066'],
  ['\u2028', '\\u2028'],
  ['\ud800', '\\ud800'],
  ['é 日本 👍 – ok', 'é 日本 👍 – ok'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a long text is cut, also when what makes it long are its escapes', () => {
  expect(shortPrintable('abcdef', 6)).toBe('abcdef');
  expect(shortPrintable('abcdefg', 6)).toBe('abcdef…');
  expect(shortPrintable('\x00\x00', 6)).toBe('\\u0000…');
});
