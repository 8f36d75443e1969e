import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const DASHBOARD_OPTIONS = {
  port: { value: 'N', help: 'the port to serve on; by default 5173' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
