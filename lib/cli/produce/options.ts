import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const PRODUCE_OPTIONS = {
  users: { value: 'N', help: 'users with habits of their own; by default 200' },
  rate: { value: 'N', help: 'transactions a second; by default 20 onto the stream, as fast as it goes into a file' },
  count: { value: 'N', help: 'ends after so many; by default 10,000 into a file, never onto the stream' },
  seed: { value: 'N', help: 'the same seed makes the same transactions; by default a new one, which is told' },
  'anomaly-rate': { value: 'SHARE', help: 'share of them that are anomalous, from 0 to 1; by default 0.05' },
  start: {
    value: 'TIME',
    help: 'when they begin, YYYY-MM-DD HH:MM:SS; by default 2026-01-01 in a file, 90 days ago on the stream',
  },
  from: { value: 'N', help: 'leaves out the first N: to go on where an earlier run was ended' },
  out: { value: 'FILE', help: 'writes JSON lines into a file instead; zipped if it ends in .gz; - is standard output' },
  quiet: { help: 'no progress, no summary' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
