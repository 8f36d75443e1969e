import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkDefaults } from './network-defaults.ts';
import { isAlive } from './process-identity.ts';

/** What a local run tells the commands that want to reach it; in its data folder for as long as it runs. */
export interface RunFile {
  readonly pid: number;
  /** When the process was born, where the system tells. */
  readonly birth?: string;
  /** Such as `http://127.0.0.1:4702`. */
  readonly endpoints: {
    readonly s3: string;
    readonly kinesis: string;
    readonly dynamodb: string;
    /** Lambda's; also tells the state of the run, and takes the wish to stop it. */
    readonly lambda?: string;
    readonly http?: string;
    /** Where series are streamed, such as `ws://127.0.0.1:3000/series`. */
    readonly series?: string;
  };
  readonly resources: Resources;
  readonly defaults?: NetworkDefaults;
}

/** The names of what the stack is made of, as far as others use it. */
export interface Resources {
  readonly inputBucket: string;
  readonly outputBucket: string;
  readonly journalBucket: string;
  readonly stateTable: string;
  readonly transactionTable: string;
  readonly profileTable: string;
  readonly trainFunction: string;
  readonly eraseFunction: string;
  readonly stream: string;
}

export function runFilePath(folder: string): string {
  return join(folder, 'run.json');
}

/** What the run on a data folder tells; undefined if nothing runs there, also where a run was killed and its file stayed. */
export async function readRunFile(folder: string): Promise<RunFile | undefined> {
  const text = await readIfThere(runFilePath(folder));
  if (text === undefined) return undefined;
  const run = parseRunFile(text);
  return run !== undefined && isAlive(run) ? run : undefined;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_THERE.has(String(error.code))) return undefined;
    throw error;
  }
}

const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** A file that was cut off, or is another's, tells nothing. */
function parseRunFile(text: string): RunFile | undefined {
  try {
    const run = JSON.parse(text) as Partial<RunFile> | null;
    return Number.isInteger(run?.pid) && run?.endpoints && run.resources ? (run as RunFile) : undefined;
  } catch {
    return undefined;
  }
}
