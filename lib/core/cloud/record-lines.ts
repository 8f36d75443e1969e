import { reject, type NetworkEvent, type Parsed } from '../events/event.ts';
import { NumberText, parseFields, type ReadField } from '../events/json-fields.ts';
import { readEvent } from '../events/parse-event.ts';
import { DEFAULT_NETWORK, parseNetworkName, type NetworkName } from '../network/network-name.ts';
import { rejectLongIds } from './id-text.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { splitLines } from './split-lines.ts';

/** A record of the stream: events as JSON lines, headed by an envelope or not. */
export interface ReadRecord {
  readonly envelope?: Envelope;
  readonly lines: readonly RecordLine[];
}

/** A line that is not blank. */
export interface RecordLine {
  /** The network it belongs to; `default` if the name that it gives is none. */
  readonly network: NetworkName;
  /** Its number in the record, counted from 1; the envelope and blank lines count. */
  readonly lineNumber: number;
  /** Its number in the source that the envelope names, counted from 0. */
  readonly offset?: number;
  readonly parsed: Parsed<NetworkEvent>;
  /** The line itself, without its line ending; bytes that are not valid UTF-8 are replaced. */
  readonly text: string;
}

const BLANK = /^[ \t\r]*$/;

/** Reads a record. Never throws, whatever the bytes: bad lines are rejected one by one. */
export function readRecord(data: Uint8Array): ReadRecord {
  const read: RecordLine[] = [];
  let envelope: Envelope | undefined;
  let isFirst = true;
  let lineNumber = 0;
  let offset: number | undefined;
  for (const { text, isValid } of splitLines(data)) {
    lineNumber++;
    const number = offset === undefined ? {} : { lineNumber, offset: offset++ };
    if (BLANK.test(text)) continue;
    const fields = isValid ? parseFields(text) : INVALID;
    if (isFirst) envelope = readEnvelope(fields);
    if (isFirst && envelope !== undefined) offset = envelope.offset;
    else read.push({ lineNumber, ...number, ...parseLine(fields, envelope?.network), text });
    isFirst = false;
  }
  return { ...(envelope && { envelope }), lines: read };
}

const INVALID = reject('not valid UTF-8');

function parseLine(
  fields: Parsed<ReadField>,
  envelopeNetwork: NetworkName = DEFAULT_NETWORK,
): Pick<RecordLine, 'network' | 'parsed'> {
  if (!fields.ok) return { network: envelopeNetwork, parsed: fields };
  const name = fields.value('network') ?? envelopeNetwork;
  const network =
    name === envelopeNetwork ? ({ ok: true, value: envelopeNetwork } as const) : parseNetworkName(asGiven(name));
  if (!network.ok) return { network: DEFAULT_NETWORK, parsed: network };
  const parsed = readEvent(fields.value);
  return { network: network.value, parsed: (parsed.ok ? rejectLongIds(parsed.value) : undefined) ?? parsed };
}

/** A number as the message is to show it. */
function asGiven(name: unknown): unknown {
  return name instanceof NumberText ? Number(name.text) : name;
}
