import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { ArgumentTable, OptionTable } from '../options.ts';

export const SEND_ARGUMENTS = {
  file: { help: 'a stream log, a batch log or transactions as .csv; unzipped if it ends in .gz; - is standard input' },
} as const satisfies ArgumentTable;

export const SEND_OPTIONS = {
  network: { value: 'NAME', help: 'the network of the lines that name none; by default, default' },
  rate: { value: 'N', help: 'at most so many lines a second' },
  source: { value: 'ID', help: 'goes on with a log that was put in part: what is there already counts once' },
  quiet: { help: 'no progress, no summary' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
