import type { NetworkEvent } from '../events/event.ts';
import { flaggedLine } from '../network/flagged-line.ts';
import type { NetworkDetector } from '../network/network-detector.ts';
import type { CommitBody, FlaggedPurchase, RejectedInput } from './commit-body.ts';
import type { Head } from './head.ts';
import type { SelectedLine, Selection } from './select-lines.ts';

/** The events among the lines. */
export function eventsOf({ lines }: Selection): NetworkEvent[] {
  return lines.flatMap(({ line: { parsed } }) => (parsed.ok ? [parsed.value] : []));
}

/** Judges and applies the lines, one after the other, and gives the body of the commit that makes it so. */
export function judgeLines(detector: NetworkDetector, head: Head, selection: Selection): CommitBody {
  const { lines, covers, sourceCovers, redriven } = selection;
  const sequence = detector.sequence;
  const events: NetworkEvent[] = [];
  const flagged: FlaggedPurchase[] = [];
  const rejected: RejectedInput[] = [];
  for (const { line, record } of lines) {
    if (!line.parsed.ok) {
      rejected.push(rejectedInput({ line, record }, line.parsed.reason));
      continue;
    }
    const event = line.parsed.value;
    const purchase = event.type === 'purchase' ? event : undefined;
    const purchaseSequence = detector.sequence;
    const flag = detector.observe(event);
    if (purchase !== undefined && flag !== undefined) {
      flagged.push({ line: flaggedLine(line.text, flag), purchase, sequence: purchaseSequence, flag });
    }
    events.push(event);
  }
  const { version, generation, load, parameters } = head;
  const state = { version: version + 1, generation, load, parameters, sequence };
  const history = { covers, sourceCovers, before: beforeOf(head), ...(redriven && { redriven }) };
  return { ...state, events, flagged, rejected, ...history };
}

/** What a commit's body tells of the head that it follows. */
export function beforeOf({ shards, sources, bodies }: Head): NonNullable<CommitBody['before']> {
  return { shards, sources, bodies };
}

function rejectedInput({ line, record }: SelectedLine, reason: string): RejectedInput {
  const { shard, sequenceNumber } = record;
  return { reason, text: line.text, shard, sequenceNumber, line: line.lineNumber };
}
