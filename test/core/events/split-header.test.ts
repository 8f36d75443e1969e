import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_LINE } from '../../../lib/core/events/line-buffer.ts';
import { splitHeader } from '../../../lib/core/events/split-header.ts';
import { seeded } from '../../seeded.ts';

const HEADER = '{"D":"3", "T":"50"}';

describe('a log is split behind its first line', () => {
  test.each([
    ['as it is', { log: `${HEADER}\nrest\n`, line: HEADER, lineNumber: 1, rest: 'rest\n' }],
    ['with Windows line ends', { log: `${HEADER}\r\nrest\r\n`, line: HEADER, lineNumber: 1, rest: 'rest\r\n' }],
    ['with a byte order mark', { log: `\ufeff${HEADER}\nrest`, line: HEADER, lineNumber: 1, rest: 'rest' }],
    ['after blanks', { log: `\n \t\r\n\n  ${HEADER}  \n\nrest`, line: HEADER, lineNumber: 4, rest: '\nrest' }],
    ['after a mark and a blank', { log: `\ufeff\r\n${HEADER}\nrest`, line: HEADER, lineNumber: 2, rest: 'rest' }],
    ['of nothing else', { log: `${HEADER}\n`, line: HEADER, lineNumber: 1, rest: '' }],
    ['without a newline', { log: HEADER, line: HEADER, lineNumber: 1, rest: '' }],
    ['that is blank', { log: ' \n\n\t', line: '', lineNumber: 3, rest: '' }],
    ['that is empty', { log: '', line: '', lineNumber: 1, rest: '' }],
  ])('%s', async (_, { log, ...wanted }) => {
    for (const size of [1, 2, 7, 1000]) {
      const split = await splitHeader(source(log, size).chunks);
      expect({ ...split, rest: await textOf(split.rest) }).toEqual(wanted);
    }
  });

  test('wherever it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('\n', ' ', '\r', 'x', '{', 'é', '\ufeff'), maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 8 }), async (log, size) => {
        const { line, lineNumber, rest } = await splitHeader(source(log, size).chunks);
        const lines = log.split('\n');
        const first = lines.findIndex((text) => text.trim() !== '');
        const count = first < 0 ? lines.length : first + 1;
        expect(line).toBe((lines[first] ?? '').trim());
        expect(lineNumber).toBe(count);
        expect(await textOf(rest)).toBe(lines.slice(count).join('\n'));
      }),
      seeded(300),
    );
  });
});

test('nothing behind the first line is read before it is asked for', async () => {
  const log = source(`${HEADER}\n${'x'.repeat(1000)}`, 20);
  await splitHeader(log.chunks);
  expect(log.read()).toBe(20);
});

test('a line without end is not waited for', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(0x78);
  let read = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      read += chunk.length;
      yield await Promise.resolve(chunk);
    }
  }
  const { line } = await splitHeader(endless());
  expect(line.length).toBe(read);
  expect(read).toBeLessThan(LONGEST_LINE + 2 * chunk.length);
});

test('a log that is given up is closed', async () => {
  for (const size of [5, 1000]) {
    const log = source(`${HEADER}\nrest`, size);
    const { rest } = await splitHeader(log.chunks);
    const iterator = rest[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    expect(log.isClosed()).toBe(true);
  }
});

/** The chunks share one buffer, as those of a file reader may. */
function source(text: string, size: number): { chunks: AsyncIterable<Uint8Array>; read: () => number; isClosed: () => boolean } {
  const bytes = new TextEncoder().encode(text);
  const buffer = new Uint8Array(size);
  let position = 0;
  let isClosed = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      while (position < bytes.length) {
        const chunk = bytes.subarray(position, position + size);
        buffer.fill(0x0a).set(chunk);
        position += chunk.length;
        yield await Promise.resolve(buffer.subarray(0, chunk.length));
      }
    } finally {
      isClosed = true;
    }
  }
  return { chunks: chunks(), read: () => position, isClosed: () => isClosed };
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk.slice());
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts));
}
