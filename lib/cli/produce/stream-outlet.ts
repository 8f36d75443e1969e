import type { BatchStream } from '../../adapters/stream/batch-stream.ts';
import { LinesByKey, type RecordBatch } from '../../core/cloud/lines-by-key.ts';
import { formatTransaction } from '../../core/producer/transaction-line.ts';
import { patiently } from '../send/patient-stream.ts';
import type { Outlet, OutletParts } from './outlet.ts';

export interface StreamOutletOptions extends OutletParts {
  readonly stream: BatchStream;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const encoder = new TextEncoder();

/** Puts transactions on the stream under the key of their user, so that those of a user keep their order. */
export function streamOutlet({ stream, pace, screen, sleep }: StreamOutletOptions): Outlet {
  const lines = new LinesByKey({ lines: pace.linesAtOnce });
  const putAll = async (batches: readonly RecordBatch[]): Promise<void> => {
    for (const batch of batches) {
      await patiently(() => stream.putAll(batch.records), {
        sleep,
        onWait: (error, seconds) => screen.waiting(error, seconds),
      });
      screen.put(batch.lines);
      await pace.after(screen.count);
    }
  };
  return {
    add: (transaction) => {
      const full = lines.add(transaction.user, encoder.encode(formatTransaction(transaction))) ?? [];
      return full.length > 0 ? putAll(full) : undefined;
    },
    finish: () => putAll(lines.end()),
    discard: async () => undefined,
  };
}
