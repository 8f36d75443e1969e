import { BitReader } from '../cloud/bit-reader.ts';
import { BitWriter } from '../cloud/bit-writer.ts';
import { expectFormat } from '../cloud/unreadable-state-error.ts';
import { MODEL_NAMES, type ModelName } from '../series/models.ts';
import { readTimestamp, writeTimestamp } from './packed-timestamp.ts';
import { SCORE_STEPS } from './score-steps.ts';
import type { PointNumber, StoredPoint } from './stored-point.ts';

const FORMAT = 1;
const COUNT_BITS = 16;
const SCORE_BITS = 20;
const DELTA_BITS = 32;
const NUMBER_BITS = 53;
const SCOPE_BITS = 32;

/** How a time is told from the one before it. */
const TIME_KINDS = { sameStep: 0, step: 1, whole: 2 } as const;
/** How a number is told from the one before it. */
const NUMBER_KINDS = { none: 0, next: 1, whole: 2 } as const;

/** What the next point is told from. */
interface Before {
  readonly time: number;
  readonly step: number;
  readonly numbered: PointNumber | undefined;
}

const NOTHING: Before = { time: 0, step: 0, numbered: undefined };

/** Points in some 15 bytes each: what can be told from the point before costs a few bits. Exact, whatever it is given. */
export function packPoints(points: readonly StoredPoint[]): Uint8Array {
  const writer = new BitWriter();
  writer.write(FORMAT, 8);
  writer.write(points.length, COUNT_BITS);
  let before = NOTHING;
  for (const point of points) before = writePoint(writer, point, before);
  return writer.toBytes();
}

/** @throws UnreadableStateError */
export function unpackPoints(bytes: Uint8Array): StoredPoint[] {
  const reader = new BitReader('points of a series', bytes);
  expectFormat('points of a series', reader.read(8), FORMAT);
  const points: StoredPoint[] = [];
  let before = NOTHING;
  for (let left = reader.read(COUNT_BITS); left > 0; left--) {
    const [point, next] = readPoint(reader, before);
    points.push(point);
    before = next;
  }
  reader.expectEnd();
  return points;
}

function writePoint(writer: BitWriter, point: StoredPoint, before: Before): Before {
  const step = writeTime(writer, point.time, before);
  writeTimestamp(writer, point);
  writeDouble(writer, point.value);
  for (const flag of [point.late, point.anomaly, point.alert, ...MODEL_NAMES.map((name) => point.votes[name])]) {
    writer.write(Number(flag), 1);
  }
  writer.write(Math.round(point.score * SCORE_STEPS), SCORE_BITS);
  writeNumber(writer, point.numbered, before.numbered);
  return { time: point.time, step, numbered: point.numbered };
}

function readPoint(reader: BitReader, before: Before): [StoredPoint, Before] {
  const { time, step } = readTime(reader, before);
  const timestamp = readTimestamp(reader, time);
  const value = readDouble(reader);
  const [late, anomaly, alert] = [readFlag(reader), readFlag(reader), readFlag(reader)];
  const votes = Object.fromEntries(MODEL_NAMES.map((name) => [name, readFlag(reader)])) as Record<ModelName, boolean>;
  const score = reader.read(SCORE_BITS) / SCORE_STEPS;
  const numbered = readNumber(reader, before.numbered);
  const point = { timestamp, time, value, late, anomaly, alert, score, votes, ...(numbered && { numbered }) };
  return [point, { time, step, numbered }];
}

/** Gives the step from the time before, as the next point's time may be told by it. */
function writeTime(writer: BitWriter, time: number, before: Before): number {
  const step = time - before.time;
  if (before.time + step === time && step === before.step) {
    writer.write(TIME_KINDS.sameStep, 2);
  } else if (Number.isInteger(step) && step >= 0 && step < 2 ** DELTA_BITS && before.time + step === time) {
    writer.write(TIME_KINDS.step, 2);
    writer.write(step, DELTA_BITS);
  } else {
    writer.write(TIME_KINDS.whole, 2);
    writeDouble(writer, time);
  }
  return step;
}

function readTime(reader: BitReader, before: Before): { readonly time: number; readonly step: number } {
  const kind = reader.read(2);
  if (kind === TIME_KINDS.sameStep) return { time: before.time + before.step, step: before.step };
  if (kind === TIME_KINDS.step) {
    const step = reader.read(DELTA_BITS);
    return { time: before.time + step, step };
  }
  const time = readDouble(reader);
  return { time, step: time - before.time };
}

function writeNumber(writer: BitWriter, numbered: PointNumber | undefined, before: PointNumber | undefined): void {
  if (numbered === undefined) return writer.write(NUMBER_KINDS.none, 2);
  if (before?.scope === numbered.scope && before.sequence + 1 === numbered.sequence) {
    return writer.write(NUMBER_KINDS.next, 2);
  }
  writer.write(NUMBER_KINDS.whole, 2);
  writer.write(numbered.scope, SCOPE_BITS);
  writer.write(numbered.sequence, NUMBER_BITS);
}

function readNumber(reader: BitReader, before: PointNumber | undefined): PointNumber | undefined {
  const kind = reader.read(2);
  if (kind === NUMBER_KINDS.none) return undefined;
  if (kind === NUMBER_KINDS.whole) return { scope: reader.read(SCOPE_BITS), sequence: reader.read(NUMBER_BITS) };
  if (before === undefined) throw reader.fault('a number follows none');
  return { scope: before.scope, sequence: before.sequence + 1 };
}

function readFlag(reader: BitReader): boolean {
  return reader.read(1) === 1;
}

function writeDouble(writer: BitWriter, value: number): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  writer.write(view.getUint32(0), 32);
  writer.write(view.getUint32(4), 32);
}

function readDouble(reader: BitReader): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, reader.read(32));
  view.setUint32(4, reader.read(32));
  return view.getFloat64(0);
}
