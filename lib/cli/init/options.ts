import type { OptionTable } from '../options.ts';

export const INIT_OPTIONS = {
  data: { value: 'DIR', help: 'the data folder to make ready; by default .flagstone' },
  stack: { value: 'NAME', help: 'looks at this deployed stack instead, with your AWS credentials and region' },
  json: { help: 'one JSON object a line' },
} as const satisfies OptionTable;
