import { access, constants, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Stats } from 'node:fs';
import { UsageError } from '../usage-error.ts';
import { codeOf } from './error-code.ts';
import { cannot } from './system-error.ts';

export type OutputKind = 'standard output' | 'standard error' | 'named pipe' | 'device' | 'file';

/** Where an output goes: its links followed, and the permissions of the file that it replaces. */
export interface OutputTarget {
  readonly kind: OutputKind;
  readonly path: string;
  readonly mode?: number;
}

// By their paths they would be opened anew, and overwrite what was written to them before.
const STANDARD_OUTPUTS: ReadonlyMap<string, OutputKind> = new Map([
  ['-', 'standard output'],
  ['/dev/stdout', 'standard output'],
  ['/dev/stderr', 'standard error'],
]);

/** Finds out whether and how a path can be written, and touches nothing. */
export async function inspectOutput(path: string): Promise<OutputTarget> {
  const standard = STANDARD_OUTPUTS.get(path);
  if (standard !== undefined) return { kind: standard, path };
  try {
    const entry = await statIfPresent(path);
    if (entry?.isDirectory() || path.endsWith('/')) throw new UsageError(`cannot write ${path}: it is a directory`);
    if (entry !== undefined) await access(path, constants.W_OK);
    if (entry?.isFIFO()) return { kind: 'named pipe', path };
    if (entry !== undefined && !entry.isFile()) return { kind: 'device', path };
    const target = entry === undefined ? await followLinks(path) : await realpath(path);
    await access(dirname(target), constants.W_OK);
    return { kind: 'file', path: target, ...(entry && { mode: entry.mode & 0o777 }) };
  } catch (error) {
    throw cannot('write', path, error);
  }
}

async function statIfPresent(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where a link leads to that leads to nothing yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await followLinks(resolve(dirname(path), await readlink(path)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EINVAL') return path;
    throw error;
  }
}
