import type { ShardRecord } from '../services/simulated-kinesis.ts';

/** A line of a record as the README tells producers that it is read; shares no code with lib. */
export interface SentLine {
  readonly network: string;
  readonly text: string;
  /** Counted from 1. */
  readonly lineNumber: number;
  /** Where it comes from, and its place there, if the record has an envelope. */
  readonly source?: string;
  readonly offset?: number;
  /** When the log was dropped that it comes from. */
  readonly dropped?: number;
  /** Its network's name is none: nothing else in it counts. */
  readonly isMisnamed: boolean;
}

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** Each network's history goes through all records. */
const known = new WeakMap<ShardRecord, readonly SentLine[]>();

/** The lines of a record that are not blank. */
export function linesOfRecord(record: ShardRecord): readonly SentLine[] {
  const lines = known.get(record) ?? readLines(record);
  known.set(record, lines);
  return lines;
}

function readLines({ data }: ShardRecord): SentLine[] {
  const texts = Buffer.from(data).toString().split('\n');
  const envelope = envelopeOf(texts[0] ?? '');
  const own = envelope?.network ?? 'default';
  return texts.flatMap((text, index) => {
    if (text.trim() === '' || (index === 0 && envelope !== undefined)) return [];
    const named = objectOf(text)?.['network'] ?? own;
    const isMisnamed = typeof named !== 'string' || !NAME.test(named);
    const line = { network: isMisnamed ? 'default' : named, text, lineNumber: index + 1, isMisnamed };
    return envelope === undefined
      ? line
      : Object.assign(line, {
          source: envelope.source,
          offset: envelope.offset + index - 1,
          dropped: envelope.dropped,
        });
  });
}

interface SentEnvelope {
  readonly network: string;
  readonly source: string;
  readonly offset: number;
  readonly dropped?: number;
}

function envelopeOf(text: string): SentEnvelope | undefined {
  const fields = objectOf(text);
  if (fields === undefined || fields['event_type'] !== undefined || fields['source'] === undefined) return undefined;
  return fields as unknown as SentEnvelope;
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
