import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that after a crash at any moment it is there whole, or as it was before. One write of a file at a time;
 * what a crash leaves aside, the next write takes away.
 */
export async function writeDurably(file: string, content: string): Promise<void> {
  const aside = `${file}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
}

/** Undefined if there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
