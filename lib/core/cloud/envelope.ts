import type { Parsed } from '../events/event.ts';
import { NumberText, type ReadField } from '../events/json-fields.ts';
import { parseNetworkName, type NetworkName } from '../network/network-name.ts';

/**
 * The first line of a record whose producer numbers the lines it puts, so that those put twice are applied once:
 * `{"network":"shop","source":"s-1a2b","offset":120}`.
 */
export interface Envelope {
  /** The network of all lines that name none. */
  readonly network?: NetworkName;
  /** What the lines come from, in 1 to 128 characters: one log, put by one producer. */
  readonly source: string;
  /** The number of the next line within the source, counted from 0; every line counts. */
  readonly offset: number;
  /** When the log was dropped that the lines come from, in milliseconds since 1970: what is deleted after it goes with it. */
  readonly dropped?: number;
}

/** The envelope that a line is; undefined for any other line, and for an envelope that is not well made. */
export function readEnvelope(fields: Parsed<ReadField>): Envelope | undefined {
  if (!fields.ok || fields.value('event_type') !== undefined) return undefined;
  const source = fields.value('source');
  const offset = readWhole(fields.value('offset'));
  const dropped = readWhole(fields.value('dropped'));
  const name = fields.value('network');
  const network = name === undefined ? undefined : parseNetworkName(name);
  if (!isSource(source) || offset === undefined || network?.ok === false) return undefined;
  const named = network && { network: network.value };
  return { ...named, source, offset, ...(dropped !== undefined && { dropped }) };
}

export function formatEnvelope({ network, source, offset, dropped }: Envelope): string {
  return JSON.stringify({ network, source, offset, dropped });
}

function isSource(source: unknown): source is string {
  // Positions are kept by the source's name in plain objects, which `__proto__` is no key of.
  return typeof source === 'string' && /^.{1,128}$/s.test(source) && source !== '__proto__';
}

function readWhole(value: unknown): number | undefined {
  if (!(value instanceof NumberText) || !/^\d+$/.test(value.text)) return undefined;
  const whole = Number(value.text);
  return Number.isSafeInteger(whole) ? whole : undefined;
}
