import type { Host } from '../host.ts';
import { fileChunks } from './file-chunks.ts';
import { inspectLog, isStandardInput, type LogKind } from './inspect-log.ts';
import { cannot } from './system-error.ts';

/** A log to be read once, from its beginning to its end. */
export interface LogSource {
  readonly path: string;
  /** Bytes it takes on the disk; unknown for a pipe. */
  readonly size: number | undefined;
  /** How many of these bytes have been read so far. */
  readonly bytesRead: () => number;
  /** A chunk holds until the next one is asked for. `return` closes the log. */
  readonly chunks: AsyncGenerator<Uint8Array>;
}

type Open = (path: string, host: Host) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;

const OPEN = {
  'standard input': (_, host) => host.stdin,
  'named pipe': async (path) => (await import('./named-pipe.ts')).readPipe(path),
  file: fileChunks,
} as const satisfies Readonly<Record<LogKind, Open>>;

/**
 * Makes sure that there is a log to read. It is opened when its first chunk is asked for and not before:
 * the far side of two pipes may write one after the other.
 */
export async function findLog(path: string, host: Host): Promise<LogSource> {
  const { kind, size } = await inspectLog(path);
  let bytesRead = 0;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of await OPEN[kind](path, host)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  const zipped = path.endsWith('.gz') && !isStandardInput(path);
  return { path, size, bytesRead: () => bytesRead, chunks: naming(path, zipped ? unzipped(bytes()) : bytes()) };
}

// Few logs are zipped, and zlib takes a while to load.
async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { unzip } = await import('../../adapters/unzip.ts');
  yield* unzip(bytes);
}

async function* naming(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw cannot('read', path, error);
  }
}
