import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFormat } from '../../lib/local/folder-format.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the format is noted in a new folder, which is then opened again', async () => {
  const folder = await temporaryFolder();
  await checkFormat(folder);
  expect(readFileSync(path.join(folder, 'format'), 'utf8')).toBe('1\n');
  await checkFormat(folder);
});

test.each([
  ['2', '"2"'],
  ['odd', '"odd"'],
])('a folder of the format %s is refused, and stays as it is', async (format, shown) => {
  const folder = await temporaryFolder();
  writeFileSync(path.join(folder, 'format'), format);
  await expect(checkFormat(folder)).rejects.toMatchObject({
    name: 'OtherFormat',
    message: `${folder} was made by another version of Flagstone: its format is ${shown}, and this one reads 1; use that version, or another folder with --data=DIR`,
  });
  expect(readFileSync(path.join(folder, 'format'), 'utf8')).toBe(format);
});
