import { describe, expect, test } from 'vitest';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';

const D = 'the degrees of the network, degrees, must be an integer from 1 to 1000000';
const T = 'the tracked purchases, tracked, must be an integer from 2 to 1000000';

describe('a network detector', () => {
  test.each([
    [{ degrees: 0, tracked: 2 }, `${D} (given 0)`],
    [{ degrees: 1.5, tracked: 2 }, `${D} (given 1.5)`],
    [{ degrees: NaN, tracked: 2 }, `${D} (given NaN)`],
    [{ degrees: Infinity, tracked: 2 }, `${D} (given Infinity)`],
    [{ degrees: 1, tracked: 1 }, `${T} (given 1)`],
    [{ degrees: 1, tracked: -2 }, `${T} (given -2)`],
  ])('is not made with %o', (options, reason) => {
    expect(() => new NetworkDetector(options)).toThrow(new RangeError(reason));
    const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
    expect(() => detector.setParameters(options)).toThrow(new RangeError(reason));
    expect(detector.parameters).toEqual({ degrees: 1, tracked: 2 });
  });

  test('keeps T purchases per user, if not told to keep more', () => {
    expect(new NetworkDetector({ degrees: 1, tracked: 7 }).kept).toBe(7);
    expect(new NetworkDetector({ degrees: 1, tracked: 7, kept: 9 }).kept).toBe(9);
  });

  test('tracks no more purchases than it keeps', () => {
    const detector = new NetworkDetector({ degrees: 1, tracked: 2, kept: 5 });
    detector.setParameters({ degrees: 3, tracked: 5 });
    expect(() => detector.setParameters({ degrees: 1, tracked: 6 })).toThrow(
      new RangeError('the tracked purchases must be at most the 5 purchases kept per user (given 6)'),
    );
    expect(detector.parameters).toEqual({ degrees: 3, tracked: 5 });
    expect(() => new NetworkDetector({ degrees: 1, tracked: 6, kept: 5 })).toThrow(RangeError);
    expect(() => new NetworkDetector({ degrees: 1, tracked: 2, kept: 2.5 })).toThrow(RangeError);
  });
});
