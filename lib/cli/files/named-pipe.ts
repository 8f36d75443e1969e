import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './error-code.ts';

// Opening or reading a named pipe the ordinary way keeps a thread of Node busy until the other side comes,
// and until then the process could neither go on nor end, not even on Ctrl-C. O_NONBLOCK avoids that.

const MILLISECONDS_BETWEEN_TRIES = 50;

export function readPipe(path: string): AsyncIterable<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}

/** Opens the pipe for writing, as soon as somebody has opened it for reading. */
export async function writePipe(path: string): Promise<NodeJS.WritableStream> {
  for (;;) {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      // Whoever writes is told of a failure by the callback of the write.
      return new Socket({ fd, readable: false, writable: true }).on('error', () => undefined);
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      await sleep(MILLISECONDS_BETWEEN_TRIES);
    }
  }
}
