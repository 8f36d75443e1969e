import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import { findLog } from './files/log-source.ts';
import { parseOptions } from './options.ts';
import { isBatchLog } from './send/is-batch-log.ts';
import { SEND_ARGUMENTS, SEND_OPTIONS } from './send/options.ts';
import { readRequest } from './send/request.ts';
import { runSend } from './send/run-send.ts';

export const send: Command = {
  usage: 'flagstone send FILE [OPTIONS]',
  description:
    'Puts the events of a stream log on the stream, in order: many a record, one record after the other, each once,\n' +
    'whatever has to be put again. Transactions, in such a log or as CSV, go under their users, and count once by their ids.\n' +
    'A batch log becomes the past of its network.',
  arguments: SEND_ARGUMENTS,
  options: SEND_OPTIONS,
  notes: {
    Notes: [
      'Lines are put as they are. What is no event shows where events are judged: flagstone flagged --rejected.',
      'A line longer than a record of the stream, 1 MiB, is left out and said so; the others go on.',
      'A .csv file holds transactions. Its first line names the columns: transaction_id, timestamp, user_id, amount,',
      'merchant_category, payment_method, location; also merchant, device, and label or is_fraud.',
      'A batch log, whose first line holds D and T, is dropped into the input bucket, and its load is waited for: it takes',
      'the place of all that the network knows.',
    ],
  },
  examples: [
    'flagstone send batch_log.json --network=shop',
    'flagstone send stream_log.json --network=shop',
    'flagstone send stream_log.json.gz --rate=100',
    'flagstone send past_transactions.csv.gz',
    'tail -f purchases.json | flagstone send - --stack=Flagstone',
  ],
  exitCodes: {
    1: 'lines were left out, the batch log could not be loaded, or an error of flagstone itself, or of AWS',
    ...CONNECT_EXIT_CODES,
  },
  read(args) {
    const request = readRequest(parseOptions(SEND_OPTIONS, args, SEND_ARGUMENTS));
    return async (host) => {
      const log = await findLog(request.file, host);
      if (await isBatchLog(request, host)) {
        const { dropBatchLog } = await import('./send/drop-batch-log.ts');
        return onSystem(request.target, (system) => dropBatchLog(request, system, { host, sleep }));
      }
      const source = request.source ?? `s-${randomBytes(6).toString('hex')}`;
      return onSystem(request.target, async (system) =>
        runSend(request, {
          host,
          log,
          stream: await system.openStream(),
          openBatchStream: () => system.openBatchStream(),
          source,
          sleep,
        }),
      );
    };
  },
};
