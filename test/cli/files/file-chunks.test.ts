import { expect, test } from 'vitest';
import { fileChunks } from '../../../lib/cli/files/file-chunks.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const CHUNK = 128 * 1024;

for (const size of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7, 65 * CHUNK]) {
  test(`gives all of ${size} bytes in order, each chunk whole until the next`, async () => {
    const { put } = await temporaryFolder();
    const content = Buffer.from(Uint8Array.from({ length: size }, (_, index) => index ^ (index >> 8) ^ (index >> 16)));
    const copies: Buffer[] = [];
    for await (const chunk of fileChunks(await put('file', content))) {
      // Time in which nothing may touch this chunk.
      await new Promise((resolve) => setImmediate(resolve));
      copies.push(Buffer.from(chunk));
    }
    expect(Buffer.concat(copies).equals(content)).toBe(true);
  });
}

test('can be left early', async () => {
  const { put } = await temporaryFolder();
  const chunks = fileChunks(await put('file', Buffer.alloc(3 * CHUNK)));
  expect((await chunks.next()).value).toHaveLength(CHUNK);
  await chunks.return(undefined);
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
});
