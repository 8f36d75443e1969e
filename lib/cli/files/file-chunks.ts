import { open } from 'node:fs/promises';

const CHUNK_BYTES = 512 * 1024;

/**
 * The bytes of a file, in order. A chunk holds until the next one is asked for: two buffers take turns, so that one is being
 * filled while the other is parsed. A fresh buffer for each chunk would cost more in page faults than reading does.
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  let filling = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let waiting = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const read = (): Promise<number> => {
    const reading = file.read(filling, 0, CHUNK_BYTES).then(({ bytesRead }) => bytesRead);
    // It may fail while its caller is still busy with the chunk before; it is looked at when that is done.
    reading.catch(() => undefined);
    return reading;
  };
  try {
    let reading = read();
    for (let bytes = await reading; bytes > 0; bytes = await reading) {
      const chunk = filling.subarray(0, bytes);
      [filling, waiting] = [waiting, filling];
      reading = read();
      yield chunk;
    }
  } finally {
    await file.close();
  }
}
