import { parseEvent } from '../../../lib/core/events/parse-event.ts';
import { lowPart } from '../../../lib/core/network/exact-amount.ts';
import { LogReader } from '../../../lib/core/network/log-reader.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { generateLogs } from '../generate-log.ts';
import type { Workload } from '../logs/workload.ts';

/** A purchase to judge, in the engine's numbers. */
export interface Candidate {
  readonly user: number;
  /** In millionths. */
  readonly amount: number;
}

export interface LoadedNetwork {
  readonly detector: NetworkDetector;
  /** The stream log, none of it applied yet. */
  readonly lines: readonly string[];
  /** The purchases of the stream log. */
  readonly candidates: readonly Candidate[];
}

/** A detector that has applied the workload's batch log. */
export function loadNetwork(workload: Workload): LoadedNetwork {
  const detector = new NetworkDetector(workload);
  const { batch, stream } = generateLogs(workload);
  // The first line is no event: the reader rejects it and goes on.
  const reader = new LogReader({ detector, judge: false });
  for (const chunk of batch) reader.read(Buffer.from(chunk));
  reader.end();
  const lines = [...stream].flatMap((chunk) => chunk.trimEnd().split('\n'));
  return { detector, lines, candidates: lines.flatMap((line) => candidatesOf(line, detector)) };
}

function candidatesOf(line: string, { engine }: NetworkDetector): Candidate[] {
  const parsed = parseEvent(line);
  if (!parsed.ok || parsed.value.type !== 'purchase') return [];
  return [{ user: engine.ids.add(parsed.value.user), amount: lowPart(parsed.value.amount) }];
}
