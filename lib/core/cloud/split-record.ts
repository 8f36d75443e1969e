import { reject, type Parsed } from '../events/event.ts';
import { parseFields, type ReadField } from '../events/json-fields.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { splitLines } from './split-lines.ts';

/** A line, and where it stands in its record. */
export interface PlacedLine {
  /** Its number in the record, counted from 1; the envelope and blank lines count. */
  readonly lineNumber: number;
  /** Its number in the source that the envelope names, counted from 0. */
  readonly offset?: number;
  /** The line itself, without its line ending; bytes that are not valid UTF-8 are replaced. */
  readonly text: string;
}

interface SplitLine extends PlacedLine {
  readonly fields: Parsed<ReadField>;
}

export interface SplitRecord {
  readonly envelope?: Envelope;
  /** Those that are not blank, without the envelope. */
  readonly lines: readonly SplitLine[];
}

const BLANK = /^[ \t\r]*$/;
const INVALID = reject('not valid UTF-8');

/** Splits a record of the stream into its lines, whosever they are. Never throws, whatever the bytes. */
export function splitRecord(data: Uint8Array): SplitRecord {
  const lines: SplitLine[] = [];
  let envelope: Envelope | undefined;
  let isFirst = true;
  let lineNumber = 0;
  let offset: number | undefined;
  for (const { text, isValid } of splitLines(data)) {
    lineNumber++;
    const place = offset === undefined ? { lineNumber } : { lineNumber, offset: offset++ };
    if (BLANK.test(text)) continue;
    const fields = isValid ? parseFields(text) : INVALID;
    if (isFirst) envelope = readEnvelope(fields);
    if (isFirst && envelope !== undefined) offset = envelope.offset;
    else lines.push({ ...place, text, fields });
    isFirst = false;
  }
  return { ...(envelope && { envelope }), lines };
}
