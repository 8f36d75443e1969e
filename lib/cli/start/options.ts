import type { OptionTable } from '../options.ts';

export const START_OPTIONS = {
  data: { value: 'DIR', help: 'where everything is kept; by default .flagstone' },
  port: { value: 'N', help: 'the first of the ports that are used, N to N+4; by default 3000; 0 for any free ones' },
  basic: { help: 'judges transactions by the forest alone, without the habits of their users' },
  demo: { help: 'feeds the sample logs in, as network demo, where the data folder is new' },
} as const satisfies OptionTable;
