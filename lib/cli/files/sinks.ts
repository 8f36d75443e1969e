import { rmSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';
import type { OutputTarget } from './inspect-output.ts';

/** Takes an output piece by piece. */
export interface Sink {
  write(block: Uint8Array): Promise<void>;
  /** All is written: makes it appear. */
  finish(): Promise<void>;
  /** Leaves nothing behind, where that is possible. After `finish` it does nothing. */
  discard(): Promise<void>;
}

/** A file that appears whole or not at all: it is written aside, then renamed. */
export async function fileAside({ path, mode }: OutputTarget, host: Host): Promise<Sink> {
  const random = Math.random().toString(36).slice(2, 8);
  const aside = join(dirname(path), `.flagstone-${host.pid}-${random}.tmp`);
  const remove = (): void => rmSync(aside, { force: true });
  host.once('exit', remove);
  const file = await open(aside, 'wx');
  if (mode !== undefined) await file.chmod(mode);
  return {
    write: (block) => file.writeFile(block),
    finish: async () => {
      await file.close();
      await rename(aside, path);
      host.off('exit', remove);
    },
    discard: async () => {
      await file.close();
      host.off('exit', remove);
      remove();
    },
  };
}

/** What cannot be renamed over, such as /dev/null, is written as it is. */
export async function device({ path }: OutputTarget): Promise<Sink> {
  const file: FileHandle = await open(path, 'w');
  return { write: (block) => file.writeFile(block), finish: () => file.close(), discard: () => file.close() };
}

export async function namedPipe({ path }: OutputTarget): Promise<Sink> {
  const { writePipe } = await import('./named-pipe.ts');
  const pipe = await writePipe(path);
  return { ...stream(pipe), finish: () => new Promise((resolve) => pipe.end(resolve)) };
}

/** A stream that others write to as well, and that therefore stays open. */
export function stream(writable: NodeJS.WritableStream): Sink {
  return {
    write: (block) =>
      new Promise((resolve, reject) => writable.write(block, (error) => (error ? reject(error) : resolve()))),
    finish: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}
