import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const REDRIVE_OPTIONS = {
  'dry-run': { help: 'changes nothing, and tells what would be put back' },
  json: { help: 'one JSON object a line: one for each batch or event, as it is done' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
