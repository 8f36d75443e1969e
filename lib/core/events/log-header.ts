import { accept, reject, type Parsed } from './event.ts';
import { NumberText, parseFields, shown } from './json-fields.ts';

/** What a network is judged by. */
export interface NetworkParameters {
  /** D: how many friendships away a user still counts as part of the network; an integer of at least 1. */
  readonly degrees: number;
  /** T: how many of the network's latest purchases a purchase is judged against; an integer of at least 2. */
  readonly tracked: number;
}

/** Reads the first line of a batch log, `{"D":"3", "T":"50"}`. */
export function parseLogHeader(line: string): Parsed<NetworkParameters> {
  const fields = parseFields(line);
  if (!fields.ok) return fields;
  const degrees = parseDegrees(fields.value('D'), 'D');
  if (!degrees.ok) return degrees;
  const tracked = parseTracked(fields.value('T'), 'T');
  if (!tracked.ok) return tracked;
  return accept({ degrees: degrees.value, tracked: tracked.value });
}

/** Reads D from a number or its text; `name` is what the message calls it. */
export function parseDegrees(value: unknown, name: string): Parsed<number> {
  return parseInteger(value, 1, `the degrees of the network, ${name},`);
}

/** Reads T from a number or its text; `name` is what the message calls it. */
export function parseTracked(value: unknown, name: string): Parsed<number> {
  return parseInteger(value, 2, `the tracked purchases, ${name},`);
}

// Far beyond any use, and still exact in every integer the detector computes with.
const LARGEST = 1_000_000;

function parseInteger(value: unknown, least: number, name: string): Parsed<number> {
  const text = value instanceof NumberText ? value.text : value;
  const number = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN;
  const integer = typeof value === 'number' && Number.isInteger(value) ? value : number;
  if (integer >= least && integer <= LARGEST) return accept(integer);
  const given = value === undefined ? 'missing' : `given ${shown(value)}`;
  return reject(`${name} must be an integer from ${least} to ${LARGEST} (${given})`);
}
