import type { SignUrl } from '../../client/sign-with-aws.ts';
import type { LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { chooseRun } from './choose-run.ts';
import { Interruption } from './interruption.ts';
import type { StreamRequest } from './request.ts';
import { StreamLogs } from './stream-logs.ts';
import { StreamScreen } from './stream-screen.ts';
import { Streaming } from './streaming.ts';

export interface StreamContext {
  readonly host: Host;
  readonly log: LogSource;
  readonly url: string;
  /** Undefined where nobody asks for credentials. */
  readonly sign: SignUrl | undefined;
  readonly newSource: () => string;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Streams the points of a file and waits for their answers; gives the exit code. */
export async function runStream(request: StreamRequest, context: StreamContext): Promise<number> {
  const { host, log, now } = context;
  const run = await chooseRun(request, context.newSource);
  const logs = new StreamLogs({ folder: request.logs, clientId: request.clientId, run, now });
  if (run.isNew) logs.begin();
  const interruption = new Interruption(host);
  const screen = new StreamScreen({ log, quiet: request.quiet, host });
  try {
    return await new Streaming({ request, context, run, logs, screen, interruption }).run();
  } finally {
    interruption.stopListening();
    logs.close();
    // Not waited for: of an input that still waits for bytes, the end would never come.
    void log.chunks.return(undefined);
  }
}
