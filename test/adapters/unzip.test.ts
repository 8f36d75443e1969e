import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isZipError, unzip } from '../../lib/adapters/unzip.ts';

const TEXT = Buffer.from('a line of a log\n'.repeat(100_000));

async function* piecesOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(length);
  for (let start = 0; start < bytes.length; start += length) {
    piece.set(bytes.subarray(start, start + length));
    // The buffer is used again, as a reader of files may do.
    yield piece.subarray(0, Math.min(length, bytes.length - start));
  }
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield gzipSync(TEXT).subarray(0, 20);
  throw new Error('the connection is gone');
}

async function unzipped(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unzip(pieces)) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

test.each([1, 7, 1_000_000])('unzips what comes in pieces of %i bytes', async (length) => {
  expect((await unzipped(piecesOf(gzipSync(TEXT), length))).equals(TEXT)).toBe(true);
});

test('unzips members that follow one another', async () => {
  const zipped = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
  expect((await unzipped(piecesOf(zipped, 5))).toString()).toBe('one\ntwo\n');
});

test.each([
  ['no zip', Buffer.from('{"D":1, "T":2}\n')],
  ['a zip that ends too early', gzipSync(TEXT).subarray(0, 50)],
  ['a damaged zip', gzipSync(TEXT).fill(0, 30, 40)],
])('tells %s from other errors', async (_, bytes) => {
  const failure = await unzipped(piecesOf(bytes, 16)).catch((error: unknown) => error);
  expect(isZipError(failure)).toBe(true);
});

test('passes on what goes wrong with the pieces', async () => {
  const failure = await unzipped(broken()).catch((error: unknown) => error);
  expect(failure).toEqual(new Error('the connection is gone'));
  expect(isZipError(failure)).toBe(false);
});
