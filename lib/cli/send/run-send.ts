import { putLog } from '../../adapters/stream/put-log.ts';
import type { EventStream } from '../../adapters/stream/event-stream.ts';
import type { LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { EXIT_CODES } from '../usage-error.ts';
import { Pace } from './pace.ts';
import { patientStream } from './patient-stream.ts';
import type { SendRequest } from './request.ts';
import { SendScreen } from './send-screen.ts';

export interface SendContext {
  readonly host: Host;
  readonly log: LogSource;
  readonly stream: EventStream;
  readonly source: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Puts a log on the stream; gives the exit code. */
export async function runSend(request: SendRequest, context: SendContext): Promise<number> {
  const { host, log, source, sleep } = context;
  const screen = new SendScreen({ request, log, source, host });
  const stream = patientStream({ stream: context.stream, sleep, onWait: (error, wait) => screen.waiting(error, wait) });
  const pace = new Pace({ rate: request.rate, clock: () => host.uptime(), sleep });
  const { largestRecord } = pace;
  const leave = (): void => screen.interrupted();
  host.once('exit', leave);
  try {
    await putLog(log.chunks, {
      stream,
      network: request.network,
      source,
      ...(largestRecord !== undefined && { largestRecord }),
      promptly: log.size === undefined,
      onPut: async (record) => {
        screen.put(record);
        await pace.after(screen.lines);
        return true;
      },
      onOverlong: async (line) => screen.overlong(line),
    });
    await screen.finish();
  } catch (error) {
    screen.interrupted();
    throw error;
  } finally {
    host.off('exit', leave);
    await log.chunks.return(undefined);
  }
  return screen.leftOut === 0 ? EXIT_CODES.done : EXIT_CODES.unexpected;
}
