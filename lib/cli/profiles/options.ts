import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const PROFILES_OPTIONS = {
  json: { help: 'one JSON object, for programs' },
  quiet: { help: 'shows no progress' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
