import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const PARAMETERS_OPTIONS = {
  network: { value: 'NAME', help: 'the network to list or change; if left out, all are listed, or default is changed' },
  degrees: { value: 'D', help: 'from now on, how many friendships away still counts as the network' },
  tracked: { value: 'T', help: 'from now on, how many latest purchases a purchase is judged against' },
  json: { help: 'one JSON object a line' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
