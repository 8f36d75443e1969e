import path from 'node:path';
import { readIfThere, writeDurably } from './durable-file.ts';

/** To be raised by whoever changes what is kept in a data folder so that older folders cannot be read any more. */
const FORMAT = 1;

/** What another version of Flagstone keeps in a folder cannot be read by this one. */
class OtherFormat extends Error {
  override readonly name = 'OtherFormat';

  constructor(folder: string, format: string) {
    super(
      `${folder} was made by another version of Flagstone: its format is ${format}, and this one reads ${FORMAT}; ` +
        'use that version, or another folder with --data=DIR',
    );
  }
}

/** Notes the format in a new folder, and makes sure of it in any other; to be called by who has locked it. @throws OtherFormat */
export async function checkFormat(folder: string): Promise<void> {
  const file = path.join(folder, 'format');
  const format = (await readIfThere(file))?.trim();
  if (format === undefined) await writeDurably(file, `${FORMAT}\n`);
  else if (format !== String(FORMAT)) throw new OtherFormat(folder, JSON.stringify(format));
}
