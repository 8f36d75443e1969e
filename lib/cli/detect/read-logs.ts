import { LogReader } from '../../core/network/log-reader.ts';
import { NetworkDetector } from '../../core/network/network-detector.ts';
import type { LogSource } from '../files/log-source.ts';
import type { ProgressBar } from '../terminal/progress-bar.ts';
import type { BatchHead } from './batch-head.ts';
import type { Outlet } from './outlet.ts';
import type { Totals } from './summary.ts';

export interface Reading {
  readonly batch: LogSource;
  readonly head: BatchHead;
  readonly stream: LogSource;
  readonly outlets: readonly Outlet[];
  readonly bar: ProgressBar | undefined;
}

/** Lets the batch log build the networks, judges the purchases of the stream log, and tells the outlets. */
export async function readLogs({ batch, head, stream, outlets, bar }: Reading): Promise<Totals> {
  const detector = new NetworkDetector(head.parameters);
  const readerOf = (log: LogSource, options: { judge: boolean; firstLine?: number }): LogReader =>
    new LogReader({
      ...options,
      detector,
      onFlagged: (flagged) => outlets.forEach((outlet) => outlet.flagged?.(flagged)),
      onRejected: (rejected) => outlets.forEach((outlet) => outlet.rejected?.(rejected, log.path)),
    });
  const past = readerOf(batch, { judge: false, firstLine: head.firstLine });
  const present = readerOf(stream, { judge: true });
  const afterChunk = async (): Promise<void> => {
    for (const outlet of outlets) await outlet.flush();
    bar?.show({ bytes: batch.bytesRead() + stream.bytesRead(), events: past.events + present.events });
  };
  await readAll(head.chunks, past, afterChunk);
  await readAll(stream.chunks, present, afterChunk);
  return { events: past.events + present.events, flagged: present.flagged, rejected: past.rejected + present.rejected };
}

async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  reader: LogReader,
  afterChunk: () => Promise<void>,
): Promise<void> {
  for await (const chunk of chunks) {
    reader.read(chunk);
    await afterChunk();
  }
  reader.end();
  await afterChunk();
}
