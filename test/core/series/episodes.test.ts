import { expect, test } from 'vitest';
import { Episodes } from '../../../lib/core/series/episodes.ts';

test('the first anomalous point starts an episode, and none does in the 100 points after it', () => {
  expect(onsetsOf({ points: 101, strength: 5 })).toEqual([0]);
  expect(onsetsOf({ points: 102, strength: 5 })).toEqual([0, 101]);
});

test('what comes again as strong as before is heard ever less often', () => {
  const onsets = onsetsOf({ points: 5000, strength: 1.15 });
  expect(onsets[1]).toBe(101);
  expect(onsets[2]! - onsets[1]!).toBeGreaterThan(101);
  expect(onsetsOf({ points: 5000, strength: 20 })).toHaveLength(50);
});

test('an episode is remembered for some time', () => {
  const episodes = new Episodes();
  episodes.learn(true);
  for (let point = 0; point < 100; point++) episodes.learn(false);
  expect(episodes.isOnset(1.08)).toBe(false);
  for (let point = 0; point < 1000; point++) episodes.learn(false);
  expect(episodes.isOnset(1.08)).toBe(true);
});

function onsetsOf({ points, strength }: { points: number; strength: number }): number[] {
  const episodes = new Episodes();
  return Array.from({ length: points }, (_, point) => point).filter(() => {
    const isOnset = episodes.isOnset(strength);
    episodes.learn(isOnset);
    return isOnset;
  });
}
