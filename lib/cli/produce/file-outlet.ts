import { gzipSync } from 'node:zlib';
import { formatTransaction } from '../../core/producer/transaction-line.ts';
import { inspectOutput } from '../files/inspect-output.ts';
import { OutputFile } from '../files/output-file.ts';
import type { Host } from '../host.ts';
import type { Outlet, OutletParts } from './outlet.ts';

export interface FileOutletOptions extends OutletParts {
  readonly path: string;
  readonly host: Host;
}

const USUAL_LINES = 1000;

/** Zipped blocks behind one another are a zipped file. */
const zip = (text: string): Buffer => gzipSync(text);

/** Writes transactions as JSON lines. @throws UsageError if the file cannot be written */
export async function fileOutlet({ path, host, pace, screen }: FileOutletOptions): Promise<Outlet> {
  const target = await inspectOutput(path);
  const file = await OutputFile.open(target, host, ...(path.endsWith('.gz') ? [zip] : []));
  const linesAtOnce = Math.min(USUAL_LINES, pace.linesAtOnce);
  let waiting = 0;
  const flush = async (): Promise<void> => {
    await (linesAtOnce < USUAL_LINES ? file.flushAll() : file.flush());
    screen.put({ lines: waiting });
    waiting = 0;
    await pace.after(screen.lines);
  };
  return {
    add: (transaction) => {
      file.write(`${formatTransaction(transaction)}\n`);
      return ++waiting === linesAtOnce ? flush() : undefined;
    },
    finish: async () => {
      await file.finish();
      screen.put({ lines: waiting });
    },
    discard: () => file.discard(),
  };
}
