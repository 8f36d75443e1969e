import { access, constants, stat } from 'node:fs/promises';
import { UsageError } from '../usage-error.ts';
import { cannot } from './system-error.ts';

export type LogKind = 'standard input' | 'named pipe' | 'file';

const STANDARD_INPUTS: ReadonlySet<string> = new Set(['-', '/dev/stdin']);

export function isStandardInput(path: string): boolean {
  return STANDARD_INPUTS.has(path);
}

/** Looks whether there is something to read, without opening it. */
export async function inspectLog(path: string): Promise<{ kind: LogKind; size: number | undefined }> {
  if (isStandardInput(path)) return { kind: 'standard input', size: undefined };
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) throw new UsageError(`cannot read ${path}: it is a directory`);
    await access(path, constants.R_OK);
    return { kind: entry.isFIFO() ? 'named pipe' : 'file', size: entry.isFile() ? entry.size : undefined };
  } catch (error) {
    throw cannot('read', path, error);
  }
}
