import type { NetworkEvent, Parsed } from '../events/event.ts';
import { detectorFor } from '../events/event-types.ts';
import { NumberText, type ReadField } from '../events/json-fields.ts';
import { readEvent } from '../events/parse-event.ts';
import { DEFAULT_NETWORK, parseNetworkName, type NetworkName } from '../network/network-name.ts';
import { rejectLongIds } from './id-text.ts';
import type { Envelope } from './envelope.ts';
import { splitRecord, type PlacedLine } from './split-record.ts';

/** A record of the stream: events as JSON lines, headed by an envelope or not. */
export interface ReadRecord {
  readonly envelope?: Envelope;
  readonly lines: readonly RecordLine[];
}

/** A line that is not blank. */
export interface RecordLine extends PlacedLine {
  /** The network it belongs to; `default` if the name that it gives is none. */
  readonly network: NetworkName;
  readonly parsed: Parsed<NetworkEvent>;
}

/**
 * Reads a record of the network's events. Never throws, whatever the bytes: bad lines are rejected one by one. Lines that
 * are meant for another detector are left out; those that are meant for none are the network's to reject.
 */
export function readRecord(data: Uint8Array): ReadRecord {
  const { envelope, lines } = splitRecord(data);
  const own = lines.filter(({ fields }) => !isForAnother(fields));
  return {
    ...(envelope && { envelope }),
    lines: own.map(({ fields, ...line }) => Object.assign(line, parseLine(fields, envelope?.network))),
  };
}

function isForAnother(fields: Parsed<ReadField>): boolean {
  const detector = fields.ok ? detectorFor(fields.value) : undefined;
  return detector !== undefined && detector !== 'network';
}

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
