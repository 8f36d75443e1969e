import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';

/** A test with a folder of its own, and a way to put a file into it. */
export const test = base.extend<{
  folder: string;
  put: (name: string, content: string | Uint8Array) => Promise<string>;
}>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'flagstone-cli-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
  put: async ({ folder }, use) => {
    await use(async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    });
  },
});
