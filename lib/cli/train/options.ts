import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const TRAIN_OPTIONS = {
  json: { help: 'one JSON object, for programs' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
