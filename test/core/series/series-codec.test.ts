import { expect, test } from 'vitest';
import { crc32 } from '../../../lib/core/forest/crc32.ts';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';

const VALUES = Array.from({ length: 300 }, (_, place) => (place * 7919) % 101);

const saved = savedAfter(VALUES);

test('fails for saved bytes that are damaged', () => {
  for (const at of saved.keys()) {
    const damaged = saved.with(at, saved[at]! ^ 4);
    expect(() => restore(damaged)).toThrow('the stored series cannot be read: its checksum is wrong');
  }
});

test.each([0, 1, 12])('fails for %d saved bytes', (length) => {
  expect(() => restore(saved.slice(0, length))).toThrow('the stored series cannot be read: it ends too early');
});

test('fails for saved bytes of another format', () => {
  const other = saved.with(0, 2);
  const end = other.length - 4;
  new DataView(other.buffer).setUint32(end, crc32(other.subarray(0, end)));
  expect(() => restore(other)).toThrow('its format is 2, this version of Flagstone reads format 1');
});

test('reads bytes that lie within others', () => {
  const around = new Uint8Array(saved.length + 9);
  around.set(saved, 5);
  expect(restore(around.subarray(5, 5 + saved.length)).save()).toEqual(saved);
});

function savedAfter(values: readonly number[]): Uint8Array {
  const detector = new SeriesDetector({ window: 40 });
  for (const value of values) detector.learn(value);
  return detector.save();
}

function restore(bytes: Uint8Array): SeriesDetector {
  return SeriesDetector.restore({ window: 40, saved: bytes, history: VALUES });
}
