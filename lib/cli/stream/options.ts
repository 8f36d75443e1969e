import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { ArgumentTable, OptionTable } from '../options.ts';

export const STREAM_ARGUMENTS = {
  file: { help: 'CSV with a header line; unzipped if it ends in .gz; - is standard input' },
} as const satisfies ArgumentTable;

export const STREAM_OPTIONS = {
  'client-id': { value: 'CLIENT', required: true, help: 'the name of the series' },
  window: { value: 'W', required: true, help: 'the previous points that each is judged against: 2 to 10,000' },
  'timestamp-column': { value: 'COLUMN', help: 'by default the column named timestamp, time, datetime or date' },
  'value-column': { value: 'COLUMN', help: 'by default the column named value, close or price' },
  rate: { value: 'N', help: 'at most so many points a second' },
  url: { value: 'URL', help: 'streams to this address; by default to that of the system of --data or --stack' },
  logs: { value: 'DIR', help: 'where what is sent and received is kept; by default logs' },
  restart: { help: 'streams from the first row on, also what was answered before' },
  quiet: { help: 'no progress, no summary' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
