import { notImplemented, S3Error } from './s3-error.ts';

/** From `start` on, up to and without `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The part of `size` bytes that a Range header asks for; undefined for all: without a header, or with one not understood. */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, ranges] = /^bytes=(.*)$/.exec(header ?? '') ?? [];
  if (ranges?.includes(',') === true) throw notImplemented('several ranges in one request');
  const [, first, last] = /^(\d*)-(\d*)$/.exec(ranges ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const range = first === '' ? lastBytes(Number(last), size) : { start: Number(first), end: endOf(last, size) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (range.start < range.end) return range;
  throw new S3Error('InvalidRange', { RangeRequested: header ?? '', ActualObjectSize: String(size) });
}

function lastBytes(count: number, size: number): ByteRange {
  return { start: Math.max(size - count, 0), end: size };
}

function endOf(last: string, size: number): number {
  return last === '' ? size : Math.min(Number(last) + 1, size);
}
