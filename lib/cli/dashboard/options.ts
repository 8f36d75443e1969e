import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const DASHBOARD_OPTIONS = {
  port: {
    value: 'N',
    help: 'the port to serve on; by default 5173, or the one that the stack lets people sign in from',
  },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
