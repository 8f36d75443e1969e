import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK_BYTES = 256 * 1024;

export function unzip(zipped: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // An error of either reaches whoever iterates.
  return pipeline(copies(zipped), createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
}

/** Whether an error is of what was to be unzipped. */
export function isZipError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

// zlib works on a chunk in a thread of its own, and may hold it for longer than it is ours.
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}
