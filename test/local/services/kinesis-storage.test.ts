import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameLength, frameOf, readFrame } from '../../../lib/local/services/kinesis/storage/frame.ts';
import { Shard, type ShardOptions } from '../../../lib/local/services/kinesis/storage/shard.ts';
import { readSequenceNumber, sequenceNumberOf } from '../../../lib/local/services/kinesis/sequence-number.ts';
import { readToken, tokenOf } from '../../../lib/local/services/kinesis/shard-iterator.ts';
import { seeded } from '../../seeded.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function record(text: string): { partitionKey: string; data: Buffer } {
  return { partitionKey: 'key', data: Buffer.from(text) };
}

async function textsIn(shard: Shard, from = 1): Promise<string[]> {
  const texts: string[] = [];
  for (let next = from; next < shard.end;) {
    const records = await shard.read(next, 1000, 1e9);
    texts.push(...records.map(({ data }) => Buffer.from(data).toString()));
    next += records.length;
  }
  return texts;
}

const FOREVER: ShardOptions = { now: () => 1000, retention: () => Infinity };

describe('a shard', () => {
  test('is what it was when it is opened again', async () => {
    const folder = await temporaryFolder();
    const shard = await Shard.open(folder, FOREVER);
    await Promise.all([shard.append([record('a'), record('b')]), shard.append([record('c')])]);
    await shard.close();
    const again = await Shard.open(folder, FOREVER);
    expect(await again.append([record('d')])).toBe(4);
    expect(await textsIn(again)).toEqual(['a', 'b', 'c', 'd']);
    await again.close();
  });

  test('goes on behind the last whole record, wherever a kill cut the file', async () => {
    const folder = await temporaryFolder();
    const shard = await Shard.open(folder, FOREVER);
    await shard.append([record('first'), record('other')]);
    await shard.close();
    const file = path.join(folder, (await readdir(folder))[0]!);
    const whole = await readFile(file);
    for (let length = whole.length / 2; length < whole.length; length += 5) {
      await writeFile(file, whole);
      await truncate(file, length);
      const again = await Shard.open(folder, FOREVER);
      await again.append([record('third')]);
      expect(await textsIn(again)).toEqual(['first', 'third']);
      await again.close();
    }
  });

  test('is not opened with a record missing in the middle', async () => {
    const folder = await temporaryFolder();
    const options = { ...FOREVER, segmentLength: 1 };
    const shard = await Shard.open(folder, options);
    await shard.append([record('a')]);
    await shard.append([record('b')]);
    await shard.close();
    const [first] = (await readdir(folder)).toSorted();
    await truncate(path.join(folder, first!), 3);
    await expect(Shard.open(folder, options)).rejects.toThrow(/0001\.log is damaged behind its record 0/);
  });

  test('begins a new file when one is full, and drops files of which all is past retention', async () => {
    const folder = await temporaryFolder();
    let now = 0;
    const shard = await Shard.open(folder, { now: () => now, retention: () => 100, segmentLength: 60 });
    for (now = 0; now < 400; now += 50) await shard.append([record(`at ${now}`)]);
    expect(await textsIn(shard, shard.trimHorizon())).toEqual(['at 300', 'at 350']);
    expect((await readdir(folder)).length).toBeLessThan(5);
    await shard.close();
  });

  test('finds records by time, also when the clock goes back', async () => {
    let now = 0;
    const shard = await Shard.open(await temporaryFolder(), { ...FOREVER, now: () => now, segmentLength: 70 });
    for (now of [10, 20, 15, 30, 40]) await shard.append([record(`at ${now}`)]);
    expect([0, 10, 11, 20, 21, 40, 41].map((time) => shard.firstSince(time))).toEqual([1, 1, 2, 2, 4, 5, 6]);
    expect(shard.arrivalOf(3)).toBe(20);
    expect(shard.arrivalOf(6)).toBeUndefined();
    await shard.close();
  });

  test('ignores what is no record behind the last one', async () => {
    const folder = await temporaryFolder();
    const shard = await Shard.open(folder, FOREVER);
    await shard.append([record('a')]);
    await shard.close();
    await appendFile(path.join(folder, (await readdir(folder))[0]!), Buffer.alloc(1000));
    const again = await Shard.open(folder, FOREVER);
    expect(await textsIn(again)).toEqual(['a']);
    await again.close();
  });
});

describe('what is written', () => {
  const anyRecord = fc.record({
    index: fc.nat(),
    arrivedAt: fc.nat(),
    partitionKey: fc.string({ unit: 'binary', minLength: 1, maxLength: 256 }),
    data: fc.uint8Array({ maxLength: 200 }),
  });

  test('of a record is read as it was', () => {
    fc.assert(
      fc.property(anyRecord, (written) => {
        const frame = frameOf(written);
        expect(frameLength(frame)).toBe(frame.length);
        const read = readFrame(frame);
        expect({ ...read, data: [...read.data] }).toEqual({ ...written, data: [...written.data] });
      }),
      seeded(200),
    );
  });

  test('of a record is not taken for whole with any byte changed or cut', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, at, change) => {
        const frame = frameOf(written);
        expect(frameLength(frame.subarray(0, at % frame.length))).toBe(0);
        const index = at % frame.length;
        frame[index] = frame[index]! ^ change;
        expect(frameLength(frame)).toBe(0);
      }),
      seeded(200),
    );
  });

  test('as a sequence number is read as it was, and rises with the index', () => {
    const place = fc.record({ createdAt: fc.nat(), index: fc.nat(), shard: fc.nat() });
    fc.assert(
      fc.property(place, (one) => {
        expect(readSequenceNumber(sequenceNumberOf(one))).toEqual(one);
        const next = sequenceNumberOf({ ...one, index: one.index + 1 });
        expect(BigInt(next) > BigInt(sequenceNumberOf(one))).toBe(true);
      }),
      seeded(100),
    );
  });

  test('as an iterator holds for five minutes', () => {
    const iterator = { stream: 's', createdAt: 1, shard: 0, next: 5, issuedAt: 1000 };
    expect(readToken(tokenOf(iterator), 301_000)).toEqual(iterator);
    expect(() => readToken(tokenOf(iterator), 301_001)).toThrow('Iterator expired');
  });
});
