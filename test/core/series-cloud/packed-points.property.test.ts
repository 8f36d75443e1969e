import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packPoints, unpackPoints } from '../../../lib/core/series-cloud/packed-points.ts';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import { seeded } from '../../seeded.ts';
import { quietPoint, storedPoints } from './stored-points.ts';

describe('packed points', () => {
  test('are the same when unpacked', () => {
    fc.assert(
      fc.property(fc.array(storedPoints, { maxLength: 40 }), (points) => {
        expect(unpackPoints(packPoints(points))).toEqual(points);
      }),
      seeded(200),
    );
  });

  test('take some 13 bytes each where they come steadily', () => {
    const points = Array.from({ length: 32 }, (_, place) =>
      quietPoint(place, { value: Math.sqrt(place), numbered: { scope: 1, sequence: place + 1 } }),
    );
    expect(packPoints(points).length).toBeLessThan(32 * 13 + 20);
    expect(unpackPoints(packPoints(points))).toEqual(points);
  });

  test.each([
    ['of another version', Uint8Array.of(9, 0, 0)],
    ['cut short', packPoints([quietPoint(1)]).slice(0, -3)],
    ['with something behind', Uint8Array.from([...packPoints([quietPoint(1)]), 0])],
    ['with a number that follows none', unnumberedAsNext()],
  ])('are refused if they are %s', (_, bytes) => {
    expect(() => unpackPoints(bytes)).toThrow(UnreadableStateError);
  });
});

/** A quiet point whose last two bits say that its number follows the one before. */
function unnumberedAsNext(): Uint8Array {
  const bytes = packPoints([quietPoint(0)]);
  // 24 bits of head, 2 of time, 3 of shape, 64 of value, 8 flags, 20 of score: then come the two bits.
  const bit = 24 + 2 + 3 + 64 + 8 + 20 + 1;
  bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  return bytes;
}
