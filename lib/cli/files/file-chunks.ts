import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Fits into the processor's own cache, where the parser then finds it. */
const CHUNK_BYTES = 128 * 1024;

/** So many chunks are read at a stretch, a few milliseconds, before signals and other work have their turn. */
const STRETCH = 64;

/**
 * The bytes of a file, in order. A chunk holds until the next one is asked for: there is one buffer. Reading synchronously
 * leaves the bytes in the cache of the processor that parses them, which gains more than reading ahead in another thread.
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(CHUNK_BYTES);
  try {
    for (let chunks = 1; ; chunks++) {
      const bytes = readSync(file, buffer);
      if (bytes === 0) return;
      yield buffer.subarray(0, bytes);
      if (chunks % STRETCH === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}
