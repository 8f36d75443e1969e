import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const STATUS_OPTIONS = {
  json: { help: 'one JSON object, for programs' },
  watch: { help: 'tells it again every five seconds, until Ctrl-C' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
