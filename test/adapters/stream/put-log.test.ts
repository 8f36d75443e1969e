import { describe, expect, test } from 'vitest';
import { MemoryEventStream } from '../../../lib/adapters/stream/memory-event-stream.ts';
import { putLog, type PutLogOptions } from '../../../lib/adapters/stream/put-log.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { LARGEST_RECORD, type OverlongLine } from '../../../lib/core/cloud/record-writer.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';

const SHOP = 'shop' as NetworkName;
const LOG = Array.from({ length: 40 }, (_, at) => `{"line":${at}}`);
const BYTES = Buffer.from(`${LOG.join('\n')}\n`);

async function* piecesOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.slice(start, start + length);
}

async function* threeLines(): AsyncGenerator<Uint8Array> {
  for (const line of LOG.slice(0, 3)) yield Buffer.from(`${line}\n`);
}

interface Put {
  readonly isComplete: boolean;
  readonly stream: MemoryEventStream;
  readonly overlong: readonly OverlongLine[];
  /** How far the log had been put after each record. */
  readonly progress: readonly number[];
}

async function put(pieces: AsyncIterable<Uint8Array>, options: Partial<PutLogOptions> = {}): Promise<Put> {
  const stream = new MemoryEventStream();
  const overlong: OverlongLine[] = [];
  const progress: number[] = [];
  const isComplete = await putLog(pieces, {
    stream,
    network: SHOP,
    source: 's',
    largestRecord: 200,
    onPut: async ({ next }) => progress.push(next) > 0,
    onOverlong: async (line) => {
      overlong.push(line);
    },
    ...options,
  });
  return { isComplete, stream, overlong, progress };
}

/** The lines on the stream, each behind its number in the log. */
function linesOf({ stream }: Put): string[] {
  return stream.records.flatMap(({ data }) => readRecord(data).lines.map(({ offset, text }) => `${offset}: ${text}`));
}

const ALL_LINES = LOG.map((line, at) => `${at}: ${line}`);

describe('a log', () => {
  test.each([1, 7, 10_000])('is put in records of whole lines, in order, from pieces of %i bytes', async (length) => {
    const done = await put(piecesOf(BYTES, length));
    expect(done.isComplete).toBe(true);
    expect(linesOf(done)).toEqual(ALL_LINES);
    expect(done.stream.records.length).toBeGreaterThan(2);
    expect(done.stream.records.every(({ data }) => data.length <= 200)).toBe(true);
    expect(done.progress.at(-1)).toBe(40);
  });

  test('goes under the key of its network, which keeps it in order', async () => {
    const { stream } = await put(piecesOf(BYTES, 100));
    expect(new Set(stream.records.map(({ partitionKey }) => partitionKey))).toEqual(new Set(['shop']));
    expect(readRecord(stream.records[0]!.data).envelope).toEqual({ network: 'shop', source: 's', offset: 0 });
  });

  test('is put without its last newline, and with a byte order mark, as with and without', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff'), BYTES.subarray(0, -1)]);
    expect(linesOf(await put(piecesOf(bytes, 9)))).toEqual(ALL_LINES);
  });

  test('counts blank lines and bad ones', async () => {
    const done = await put(piecesOf(Buffer.from('a\n\n\nb\n'), 3));
    expect(linesOf(done)).toEqual(['0: a', '3: b']);
    expect(done.progress).toEqual([4]);
  });

  test('goes on from where it had come to, cut as it may be', async () => {
    const done = await put(piecesOf(BYTES, 100), { from: 17 });
    expect(linesOf(done)).toEqual(ALL_LINES.slice(17));
    expect((await put(piecesOf(BYTES, 100), { from: 40 })).stream.records).toEqual([]);
  });

  test('stops after the record at which it is told to', async () => {
    const done = await put(piecesOf(BYTES, 100), { onPut: async ({ next }) => next < 12 });
    expect(done.isComplete).toBe(false);
    const lines = linesOf(done);
    expect(lines.length).toBeGreaterThanOrEqual(12);
    expect(lines.length).toBeLessThan(40);
  });

  test('waits for full records, or goes on promptly', async () => {
    expect((await put(threeLines())).progress).toEqual([3]);
    expect((await put(threeLines(), { promptly: true })).progress).toEqual([1, 2, 3]);
  });

  test.each([LARGEST_RECORD, 3 * LARGEST_RECORD])(
    'without its line of %i bytes, which no record can hold',
    async (length) => {
      const pieces = piecesOf(Buffer.from(`a\n${'x'.repeat(length)}\nb\n`), 1_000_000);
      const done = await put(pieces);
      expect(linesOf(done)).toEqual(['0: a', '2: b']);
      expect(done.overlong).toMatchObject([{ offset: 1 }]);
      expect(done.progress).toEqual([1, 3]);
    },
  );

  test('fails where the stream fails', async () => {
    const stream = {
      put: async () => {
        throw new Error('no');
      },
    };
    await expect(put(piecesOf(BYTES, 100), { stream })).rejects.toThrow('no');
  });
});
