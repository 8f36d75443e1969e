import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from './command.ts';
import { onSystem } from './connect/connect.ts';
import { explained } from './connect/explain-failure.ts';
import { CONNECT_EXIT_CODES } from './connect/options.ts';
import type { System } from './connect/system.ts';
import { findLog } from './files/log-source.ts';
import { parseOptions } from './options.ts';
import { findSigner } from './stream/find-signer.ts';
import { STREAM_ARGUMENTS, STREAM_OPTIONS } from './stream/options.ts';
import { readRequest, type StreamRequest } from './stream/request.ts';
import { runStream, type StreamContext } from './stream/run-stream.ts';
import { UsageError } from './usage-error.ts';

export const stream: Command = {
  usage: 'flagstone stream FILE --client-id=CLIENT --window=W [OPTIONS]',
  description:
    'Streams a series of points from a CSV file and has each judged against the points before it. Alerts, the onsets of\n' +
    'anomalous episodes, go to standard output: as JSON lines, or on a terminal as lines for people.',
  arguments: STREAM_ARGUMENTS,
  options: STREAM_OPTIONS,
  notes: {
    Notes: [
      'The first line of the file names its columns. Timestamps are seconds or milliseconds since 1970, or text such as',
      '2026-11-21 or 2026-11-21 10:00:00; the oldest has to come first. Rows that are no points are named and skipped.',
      'Every point sent and every answer is kept, in logs/CLIENT.sent.jsonl and logs/CLIENT.received.jsonl. If the command',
      'ends early, or the connection does, it goes on after the last answer: each point is stored once.',
      'A deployed stack asks for AWS credentials: those of the environment or of AWS_PROFILE, with the right',
      'execute-api:Invoke. A client id belongs to the user or the role that was first to stream under it.',
    ],
  },
  examples: [
    'flagstone stream events/prices.csv --client-id=prices --window=200 --rate=50',
    'flagstone stream quotes.csv.gz --client-id=acme --window=1000 --timestamp-column=Date --value-column="Adj Close"',
    'flagstone stream - --client-id=till-7 --window=50 --stack=Flagstone < values.csv > alerts.json',
  ],
  exitCodes: {
    1: 'points were refused, the connection was lost for good or taken over, or an error of flagstone itself',
    ...CONNECT_EXIT_CODES,
    130: 'interrupted by Ctrl-C; the same command goes on',
  },
  read(args) {
    const request = readRequest(parseOptions(STREAM_OPTIONS, args, STREAM_ARGUMENTS));
    return async (host) => {
      const log = await findLog(request.file, host);
      return runStream(request, {
        host,
        log,
        ...(await connectionOf(request)),
        newSource: () => `s-${randomBytes(6).toString('hex')}`,
        now: () => new Date(),
        sleep: async (milliseconds, signal) =>
          sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined),
      });
    };
  },
};

type ConnectionSettings = Pick<StreamContext, 'url' | 'sign'>;

async function connectionOf({ where }: StreamRequest): Promise<ConnectionSettings> {
  return signed(where.kind === 'url' ? where.url : await onSystem(where.target, async (system) => seriesOf(system)));
}

async function signed(url: string): Promise<ConnectionSettings> {
  try {
    return { url, sign: await findSigner(url) };
  } catch (error) {
    throw explained(error);
  }
}

function seriesOf({ name, series }: System): string {
  if (series !== undefined) return series;
  throw new UsageError(`${name} takes no series: it is of an earlier version`);
}
