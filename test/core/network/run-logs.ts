import { parseLogHeader } from '../../../lib/core/events/log-header.ts';
import { splitHeader } from '../../../lib/core/events/split-header.ts';
import { LogReader, type FlaggedLine, type RejectedLine } from '../../../lib/core/network/log-reader.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';

export interface LogsRun {
  readonly flagged: readonly FlaggedLine[];
  readonly rejectedInBatchLog: readonly RejectedLine[];
  readonly rejectedInStreamLog: readonly RejectedLine[];
}

/** Applies a batch log, then judges a stream log, as the production code does it. */
export async function runLogs(batchLog: Uint8Array, streamLog: Uint8Array): Promise<LogsRun> {
  const flagged: FlaggedLine[] = [];
  const rejectedInBatchLog: RejectedLine[] = [];
  const rejectedInStreamLog: RejectedLine[] = [];
  const { line, lineNumber, rest } = await splitHeader(chunksOf(batchLog));
  const header = parseLogHeader(line);
  if (!header.ok) throw new Error(header.reason);
  const detector = new NetworkDetector(header.value);

  const batch = new LogReader({
    detector,
    judge: false,
    firstLine: lineNumber + 1,
    onRejected: (rejected) => rejectedInBatchLog.push(rejected),
  });
  for await (const chunk of rest) batch.read(chunk);
  batch.end();

  const stream = new LogReader({
    detector,
    judge: true,
    onFlagged: (line) => flagged.push(line),
    onRejected: (rejected) => rejectedInStreamLog.push(rejected),
  });
  for await (const chunk of chunksOf(streamLog)) stream.read(chunk);
  stream.end();
  return { flagged, rejectedInBatchLog, rejectedInStreamLog };
}

const CHUNK = 1000;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK)
    yield await Promise.resolve(bytes.slice(start, start + CHUNK));
}
