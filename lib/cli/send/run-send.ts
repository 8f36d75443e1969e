import { putLog } from '../../adapters/stream/put-log.ts';
import type { BatchStream } from '../../adapters/stream/batch-stream.ts';
import type { EventStream } from '../../adapters/stream/event-stream.ts';
import { textOfId } from '../../core/cloud/id-text.ts';
import { readUserId } from '../../core/events/read-fields.ts';
import type { LogSource } from '../files/log-source.ts';
import type { Host } from '../host.ts';
import { isCsv } from '../transaction-files/read-transactions.ts';
import { EXIT_CODES } from '../usage-error.ts';
import { Pace } from './pace.ts';
import { patientStream, type PatienceOptions } from './patient-stream.ts';
import type { SendRequest } from './request.ts';
import { SendScreen } from './send-screen.ts';
import { TransactionPutter } from './transaction-putter.ts';
import { transactionsApart } from './transactions-apart.ts';

const encoder = new TextEncoder();

export interface SendContext {
  readonly host: Host;
  readonly log: LogSource;
  readonly stream: EventStream;
  readonly openBatchStream: () => Promise<BatchStream>;
  readonly source: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Puts a log on the stream; gives the exit code. */
export async function runSend(request: SendRequest, context: SendContext): Promise<number> {
  const { host, log, source, sleep } = context;
  const screen = new SendScreen({ request, log, source, host });
  const patience: PatienceOptions = { sleep, onWait: (error, wait) => screen.waiting(error, wait) };
  const pace = new Pace({ rate: request.rate, clock: () => host.uptime(), sleep });
  const transactions = new TransactionPutter({ openStream: context.openBatchStream, patience, pace, screen });
  const leave = (): void => screen.interrupted();
  host.once('exit', leave);
  try {
    await (isCsv(log.path)
      ? putCsv(log, transactions, screen)
      : putEvents(request, context, { screen, patience, pace, transactions }));
    await transactions.end();
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

interface Parts {
  readonly screen: SendScreen;
  readonly patience: PatienceOptions;
  readonly pace: Pace;
  readonly transactions: TransactionPutter;
}

/** Transactions go under their user, everything else under the network. */
async function putEvents(request: SendRequest, { log, stream, source }: SendContext, parts: Parts): Promise<void> {
  const { screen, patience, pace, transactions } = parts;
  const { largestRecord } = pace;
  const promptly = log.size === undefined;
  const chunks = promptly ? transactions.endingAfterEach(log.chunks) : log.chunks;
  await putLog(
    transactionsApart(chunks, (key, line) => transactions.add(key, line)),
    {
      stream: patientStream({ stream, ...patience }),
      network: request.network,
      source,
      ...(largestRecord !== undefined && { largestRecord }),
      promptly,
      onPut: async (record) => {
        screen.put(record);
        await pace.after(screen.lines);
        return true;
      },
      onOverlong: async ({ offset }) => screen.overlong(offset + 1),
    },
  );
}

async function putCsv(log: LogSource, transactions: TransactionPutter, screen: SendScreen): Promise<void> {
  const { readCsv } = await import('../transaction-files/read-csv.ts');
  for await (const { line, fields } of readCsv(log)) {
    const user = fields.ok ? readUserId('user_id', (name) => fields.value[name]) : fields;
    if (!user.ok) screen.bad(line, user.reason);
    else if (fields.ok) {
      const isPut = await transactions.add(textOfId(user.value), encoder.encode(JSON.stringify(fields.value)));
      if (!isPut) screen.overlong(line);
    }
  }
}
