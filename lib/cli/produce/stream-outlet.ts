import type { BatchStream } from '../../adapters/stream/batch-stream.ts';
import { formatTransaction } from '../../core/producer/transaction-line.ts';
import { TransactionPutter } from '../send/transaction-putter.ts';
import type { Outlet, OutletParts } from './outlet.ts';

export interface StreamOutletOptions extends OutletParts {
  readonly stream: BatchStream;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const encoder = new TextEncoder();

/** Puts transactions on the stream under the key of their user, so that those of a user keep their order. */
export function streamOutlet({ stream, pace, screen, sleep }: StreamOutletOptions): Outlet {
  const patience = { sleep, onWait: screen.waiting.bind(screen) };
  const putter = new TransactionPutter({ openStream: async () => stream, patience, pace, screen });
  return {
    add: async (transaction) => {
      await putter.add(transaction.user, encoder.encode(formatTransaction(transaction)));
    },
    finish: () => putter.end(),
    discard: async () => undefined,
  };
}
