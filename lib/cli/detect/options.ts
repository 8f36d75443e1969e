import type { OptionTable } from '../options.ts';

export const DETECT_OPTIONS = {
  'batch-log': { value: 'FILE', required: true, help: 'the log of the past; its first line holds D and T' },
  'stream-log': { value: 'FILE', required: true, help: 'the log whose purchases are judged' },
  output: {
    value: 'FILE',
    required: true,
    help: 'where the flagged purchases go, one JSON object a line; - is standard output',
  },
  degrees: { value: 'D', help: 'how many friendships away still counts as the network; overrides the log' },
  tracked: { value: 'T', help: 'how many latest purchases a purchase is judged against; overrides the log' },
  rejected: { value: 'FILE', help: 'where the lines go that are no events, with line number and reason' },
  explain: { help: 'say for each flagged purchase why' },
  quiet: { help: 'no progress, no rejected lines, no summary' },
} as const satisfies OptionTable;
