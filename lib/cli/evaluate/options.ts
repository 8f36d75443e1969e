import { TRANSACTION_MODES } from '../../core/transactions/detectors.ts';
import type { ArgumentTable, OptionTable } from '../options.ts';

export const EVALUATE_ARGUMENTS = {
  file: {
    help: 'transactions with labels, JSON lines or CSV (.csv), in the order of their times; unzipped if it ends in .gz',
  },
} as const satisfies ArgumentTable;

export const EVALUATE_OPTIONS = {
  mode: { value: 'MODE', help: `${TRANSACTION_MODES.join(', ')} or all; by default all` },
  'train-share': { value: 'SHARE', help: 'the first part of the file, which the model is trained on; by default 0.5' },
  flagged: { value: 'SHARE', help: 'the share of the highest scores that counts as flagged; by default 0.05' },
  json: { help: 'prints one JSON object instead of tables' },
  quiet: { help: 'no progress' },
} as const satisfies OptionTable;
