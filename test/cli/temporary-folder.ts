import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface TemporaryFolder {
  readonly folder: string;
  /** Puts a file into the folder; gives its path. */
  readonly put: (name: string, content: string | Uint8Array) => Promise<string>;
}

/** A folder for the running test, which goes when the test ends. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'flagstone-cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const put = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return { folder, put };
}
