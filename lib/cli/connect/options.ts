import type { OptionTable } from '../options.ts';

/** How a command is told which system it works on. */
export const CONNECT_OPTIONS = {
  data: { value: 'DIR', help: 'the data folder of the local run to work on; by default .flagstone' },
  stack: { value: 'NAME', help: 'works on this deployed stack instead, with your AWS credentials and region' },
} as const satisfies OptionTable;

export const CONNECT_EXIT_CODES = { 3: 'nothing runs on the data folder' } as const;
