import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const FLAGGED_OPTIONS = {
  transactions: { help: 'the anomalous card transactions instead of purchases' },
  network: { value: 'NAME', help: 'whose purchases; by default those of the network default' },
  load: {
    value: 'N',
    help: 'what was flagged after the Nth batch log (0: before the first), or after all; by default the latest',
  },
  follow: { help: 'goes on as purchases are flagged, until Ctrl-C' },
  rejected: { help: 'the lines that were no events instead, from logs and from the stream, with the reason' },
  json: { help: 'JSON lines also on a terminal' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
