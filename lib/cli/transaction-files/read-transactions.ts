import { splitLines } from '../../core/cloud/split-lines.ts';
import { reject, type Parsed } from '../../core/events/event.ts';
import { detectorFor } from '../../core/events/event-types.ts';
import { parseFields } from '../../core/events/json-fields.ts';
import { LineBuffer } from '../../core/events/line-buffer.ts';
import { readTransaction } from '../../core/transactions/parse-transaction.ts';
import type { Transaction } from '../../core/transactions/transaction.ts';
import type { LogSource } from '../files/log-source.ts';

/** A line of a file that holds a transaction, or should. */
export interface TransactionLine {
  /** Counted from 1. */
  readonly line: number;
  readonly parsed: Parsed<Transaction>;
}

/** Whether a file is CSV, by its name; else it is JSON lines. */
export function isCsv(path: string): boolean {
  return /\.csv(\.gz)?$/i.test(path);
}

/** Reads the transactions of a file, from its beginning to its end; JSON lines of other events are passed over. @throws UsageError */
export async function* readTransactions(log: LogSource): AsyncGenerator<TransactionLine> {
  yield* isCsv(log.path) ? readFromCsv(log) : readFromJsonLines(log);
}

// The parser of CSV takes a while to load.
async function* readFromCsv(log: LogSource): AsyncGenerator<TransactionLine> {
  const { readCsv } = await import('./read-csv.ts');
  for await (const { line, fields } of readCsv(log)) {
    if (!fields.ok) yield { line, parsed: fields };
    else {
      const { value } = fields;
      yield { line, parsed: readTransaction((name) => value[name]) };
    }
  }
}

async function* readFromJsonLines({ chunks }: LogSource): AsyncGenerator<TransactionLine> {
  let line = 0;
  let ready: TransactionLine[] = [];
  const buffer = new LineBuffer({
    onLines: (bytes, start, end) => {
      for (const { text } of splitLines(bytes.subarray(start, end - 1))) {
        const parsed = parseLine(text);
        line++;
        if (parsed !== undefined) ready.push({ line, parsed });
      }
    },
    onOverlong: () => ready.push({ line: ++line, parsed: reject('longer than 16 MiB') }),
  });
  const take = (): TransactionLine[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  for await (const chunk of chunks) {
    buffer.add(chunk);
    yield* take();
  }
  buffer.end();
  yield* take();
}

/** Undefined for a blank line, and for an event that is no transaction. */
function parseLine(text: string): Parsed<Transaction> | undefined {
  if (/^\s*$/.test(text)) return undefined;
  const fields = parseFields(text);
  if (!fields.ok) return fields;
  // A file of transactions alone need not say of each that it is one.
  const isOne = fields.value('event_type') === undefined || detectorFor(fields.value) === 'transaction';
  return isOne ? readTransaction(fields.value) : undefined;
}
