import { UnreadableStateError, expectFormat } from '../cloud/unreadable-state-error.ts';
import { crc32 } from '../forest/crc32.ts';
import { CalibratedLimit } from './calibrated-limit.ts';
import { Episodes } from './episodes.ts';
import { makeCalibration, type Calibration } from './judge-point.ts';

const WHAT = 'series';
const FORMAT = 1;
const CHECKSUM_BYTES = 4;
const DOUBLE_BYTES = 8;
const LOW_BITS = 7;
const LOW_VALUES = 2 ** LOW_BITS;

/** What a detector knows beside the values in its window. */
export interface SeriesState {
  /** How many values it has learnt. */
  readonly number: number;
  readonly episodes: Episodes;
  readonly calibration: Calibration;
}

export function newSeriesState(): SeriesState {
  return {
    number: 0,
    episodes: new Episodes(),
    calibration: makeCalibration(() => new CalibratedLimit()),
  };
}

/** Format, a double, whole numbers of 7 bits a byte (the lowest first), checksum. */
export function encodeSeriesState({ number, episodes, calibration }: SeriesState): Uint8Array {
  const { remembered, pointsSince } = episodes.save();
  const limits = [...calibration.rates, ...calibration.models];
  const numbers = [number, pointsSince, ...limits.flatMap((limit) => limit.save())];
  const bytes = Uint8Array.from([FORMAT, ...doubleBytes(remembered), ...numbers.flatMap(numberBytes)]);
  const encoded = new Uint8Array(bytes.length + CHECKSUM_BYTES);
  encoded.set(bytes);
  new DataView(encoded.buffer).setUint32(bytes.length, crc32(bytes));
  return encoded;
}

/** @throws UnreadableStateError */
export function decodeSeriesState(encoded: Uint8Array): SeriesState {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.length);
  const end = encoded.length - CHECKSUM_BYTES;
  if (end < 1 + DOUBLE_BYTES) throw new UnreadableStateError(WHAT, 'it ends too early');
  if (view.getUint32(end) !== crc32(encoded.subarray(0, end))) {
    throw new UnreadableStateError(WHAT, 'its checksum is wrong');
  }
  expectFormat(WHAT, encoded[0], FORMAT);
  const next = readNumbers(encoded.subarray(1 + DOUBLE_BYTES, end));
  const [number, pointsSince] = [next(), next()];
  return {
    number,
    episodes: new Episodes({ remembered: view.getFloat64(1), pointsSince }),
    calibration: makeCalibration(() => CalibratedLimit.restore(next)),
  };
}

function doubleBytes(double: number): Uint8Array {
  const bytes = new Uint8Array(DOUBLE_BYTES);
  new DataView(bytes.buffer).setFloat64(0, double);
  return bytes;
}

function numberBytes(number: number): number[] {
  const bytes = [];
  let rest = number;
  for (; rest >= LOW_VALUES; rest = Math.floor(rest / LOW_VALUES)) bytes.push((rest % LOW_VALUES) + LOW_VALUES);
  return [...bytes, rest];
}

/** Reads one number after the other; behind the checksum there are as many as were written. */
function readNumbers(bytes: Uint8Array): () => number {
  const rest = bytes.values();
  return () => {
    let number = 0;
    let unit = 1;
    for (const byte of rest) {
      number += (byte % LOW_VALUES) * unit;
      unit *= LOW_VALUES;
      if (byte < LOW_VALUES) break;
    }
    return number;
  };
}
