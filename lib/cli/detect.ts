import type { Command } from './command.ts';
import { DETECT_OPTIONS } from './detect/options.ts';
import { readRequest } from './detect/request.ts';
import { runDetect } from './detect/run-detect.ts';
import { parseOptions } from './options.ts';
import { EXIT_CODES } from './usage-error.ts';

export const detect: Command = {
  usage: 'flagstone detect --batch-log=FILE --stream-log=FILE --output=FILE [OPTIONS]',
  description:
    'Flags the purchases of a stream log that are far above what the buyer’s social network has been paying:\n' +
    'more than mean + 3 sd of the T latest purchases by anyone within D friendships of the buyer.',
  options: DETECT_OPTIONS,
  notes: {
    Logs: [
      'One JSON object a line. A log whose name ends in .gz is unzipped; one of the two may be - (standard input).',
      'Lines that are no events are rejected and stop nothing. A file that is written appears whole or not at all.',
    ],
  },
  examples: [
    'flagstone detect --batch-log=batch_log.json --stream-log=stream_log.json --output=flagged_purchases.json',
    'zcat stream.gz | flagstone detect --batch-log=batch_log.json.gz --stream-log=- --output=flagged.json --explain',
  ],
  read(args) {
    const request = readRequest(parseOptions(DETECT_OPTIONS, args));
    return async (host) => {
      await runDetect(request, host);
      return EXIT_CODES.done;
    };
  },
};
