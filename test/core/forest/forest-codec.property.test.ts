import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import { crc32 } from '../../../lib/core/forest/crc32.ts';
import { IsolationForest } from '../../../lib/core/forest/isolation-forest.ts';
import { seeded } from '../../seeded.ts';

const ROWS = Float64Array.from({ length: 60 }, (_, at) => (at * at) % 17);
const SAVED = IsolationForest.fit(ROWS, { columns: 3, trees: 3, sampleSize: 8, seed: 1 }).save();
const HEAD_BYTES = 16;

/** As damage that the checksum does not find: whoever wants to can work it out. */
function sealed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

type Outcome = 'refused' | 'works' | 'fails';

/** Restored, a forest has to work whatever the bytes were. */
function outcomeOf(bytes: Uint8Array): Outcome {
  try {
    const forest = IsolationForest.restore(bytes);
    const score = forest.score(new Float64Array(forest.columns));
    return score > 0 && score < 1 && Buffer.compare(forest.save(), bytes) === 0 ? 'works' : 'fails';
  } catch (error) {
    return error instanceof UnreadableStateError ? 'refused' : 'fails';
  }
}

function header(trees: number, forks: number): number[] {
  return [...SAVED.subarray(0, 8), 8, 0, trees, 0, forks, 0, 0, 0];
}

function changed(at: number, ...values: number[]): Uint8Array {
  const bytes = SAVED.slice();
  bytes.set(values, at);
  return sealed(bytes);
}

describe('the bytes of a forest', () => {
  test('are refused wherever one bit of them is wrong', () => {
    for (let at = 0; at < SAVED.length; at++) {
      const bytes = SAVED.slice();
      bytes[at]! ^= 1 << (at % 8);
      expect(() => IsolationForest.restore(bytes)).toThrow(UnreadableStateError);
    }
  });

  test('are refused wherever they are cut off, and if they go on', () => {
    for (let length = 0; length < SAVED.length; length++) {
      expect(() => IsolationForest.restore(SAVED.subarray(0, length))).toThrow(UnreadableStateError);
    }
    expect(() => IsolationForest.restore(new Uint8Array([...SAVED, 0]))).toThrow(/takes/);
  });

  test('may stand anywhere in a buffer', () => {
    const bytes = new Uint8Array(SAVED.length + 3);
    bytes.set(SAVED, 3);
    expect(IsolationForest.restore(bytes.subarray(3)).save()).toEqual(SAVED);
  });

  test('are a forest or refused with a reason, whatever they hold behind a right checksum', () => {
    const edit = fc.tuple(fc.nat(SAVED.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const bytes = SAVED.slice();
        for (const [at, value] of edits) bytes[at] = value;
        expect(outcomeOf(sealed(bytes))).not.toBe('fails');
      }),
      seeded(2_000),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        const bytes = new Uint8Array(HEAD_BYTES + tail.length);
        bytes.set(SAVED.subarray(0, 12));
        bytes.set(tail, HEAD_BYTES);
        // The number of forks that the length stands for.
        new DataView(bytes.buffer).setUint32(12, Math.max(0, Math.floor((tail.length - 10) / 12)), true);
        expect(outcomeOf(sealed(bytes))).not.toBe('fails');
      }),
      seeded(500),
    );
  });

  test.each([
    ['of another kind', changed(0, 0x7b), 'it does not start as one'],
    ['of a later format', changed(4, 2), 'its format is 2, this version of Flagstone reads format 1'],
    ['without columns', changed(6, 0, 0), 'its columns must be from 1 to 1024 (given 0)'],
    ['of too large a sample', changed(8, 1, 16), 'its sample size must be from 1 to 4096 (given 4097)'],
    ['of a column that is not there', changed(HEAD_BYTES, 3, 0), 'a node splits column 3 of 3'],
    ['of a leaf without points', changed(HEAD_BYTES, 0, 128), 'a leaf has 0 of 8 points'],
    ['of a leaf of too many points', changed(HEAD_BYTES, 9, 128), 'a leaf has 9 of 8 points'],
    ['of a tree that is too small', changed(HEAD_BYTES, 1, 128), 'a tree lacks 7 points of its sample'],
    ['of a tree that is too high', changed(HEAD_BYTES, 0, 0, 0, 0, 0, 0, 0, 0), 'a tree is too high'],
    ['of nodes behind the trees', changed(HEAD_BYTES, 8, 128, 8, 128, 8, 128), 'nodes are left over'],
    [
      'of a split at infinity',
      changed(SAVED.length - 12, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f),
      'a split must be finite (given Infinity)',
    ],
  ])('are refused if they are %s', (_, bytes, fault) => {
    expect(() => IsolationForest.restore(bytes)).toThrow(new UnreadableStateError('isolation forest', fault));
  });

  test('are refused if nodes or splits are missing', () => {
    const noTrees = Uint8Array.from([...header(0, 0), 0, 0, 0, 0]);
    expect(() => IsolationForest.restore(sealed(noTrees))).toThrow('its trees must be from 1 to 500 (given 0)');
    // Three nodes and a split: a fork, a fork, and no more splits.
    const noSplit = Uint8Array.from([...header(1, 1), 0, 0, 0, 0, 0, 0, ...Array<number>(12).fill(0)]);
    expect(() => IsolationForest.restore(sealed(noSplit))).toThrow('a split is missing');
    const forks = [0, 0, 0, 0, 1, 128, 1, 128, 0, 0];
    const noNode = Uint8Array.from([...header(1, 2), ...forks, ...Array<number>(20).fill(0)]);
    expect(() => IsolationForest.restore(sealed(noNode))).toThrow(UnreadableStateError);
    const lastNode = Uint8Array.from([...header(2, 1), 0, 0, 4, 128, 4, 128, 0, 0, ...Array<number>(12).fill(0)]);
    expect(() => IsolationForest.restore(sealed(lastNode))).toThrow('a split is missing');
    const noLeaf = Uint8Array.from([...header(2, 1), 8, 128, 0, 0, 4, 128, 3, 128, ...Array<number>(12).fill(0)]);
    expect(() => IsolationForest.restore(sealed(noLeaf))).toThrow('a tree lacks 1 points of its sample');
  });

  test('have the checksum of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
