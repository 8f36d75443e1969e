import { describe, expect, test } from 'vitest';
import { historyLength, SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import { newHead } from '../../../lib/core/series-cloud/new-head.ts';
import { restoreDetector, type Checkpoint } from '../../../lib/core/series-cloud/restore-detector.ts';
import { CHUNK_POINTS, type SeriesHead } from '../../../lib/core/series-cloud/series-head.ts';
import { quietPoint } from './stored-points.ts';

const WINDOW = 10;
const POINTS = Array.from({ length: 3 * CHUNK_POINTS }, (_, place) =>
  quietPoint(place, { value: (place * 7) % 13, late: place % 11 === 5 }),
);
const HEAD = newHead(
  { client: 'a', window: WINDOW, limits: 'calibrated', owner: '', now: 0, connection: { id: '', at: 0 } },
  'b',
);

/** The head and the full chunks of the first so many points. */
function storedAs(count: number, tail: number): { head: SeriesHead; chunks: (typeof POINTS)[] } {
  const chunks: (typeof POINTS)[] = [];
  for (let end = count - tail; end > 0; end -= CHUNK_POINTS) chunks.push(POINTS.slice(end - CHUNK_POINTS, end));
  return { head: { ...HEAD, chunks: chunks.length, tail: POINTS.slice(count - tail, count) }, chunks };
}

function detectorAfter(count: number, start = new SeriesDetector({ window: WINDOW, limits: 'calibrated' }), from = 0) {
  for (const { value, late } of POINTS.slice(from, count)) if (!late) start.learn(value, start.score(value));
  return start;
}

function checkpointAt(place: number): Checkpoint {
  return { place, window: WINDOW, limits: 'calibrated', saved: detectorAfter(place).save() };
}

describe('a detector is restored', () => {
  test.each([
    ['from its first points alone', [20, 20], undefined],
    ['from the checkpoint before the tail', [80, 16], checkpointAt(64)],
    ['from the checkpoint before a full tail', [96, 32], checkpointAt(64)],
    ['from the checkpoint behind a full tail', [96, 32], checkpointAt(96)],
    ['from the checkpoint within a long tail', [96, 64], checkpointAt(80)],
  ] as const)('%s, and is the same bit for bit', (_, [count, tail], checkpoint) => {
    const { head, chunks } = storedAs(count, tail);
    expect(restoreDetector(head, checkpoint, chunks).save()).toEqual(detectorAfter(count).save());
  });

  test.each([
    ['there is no checkpoint', {}, undefined],
    ['the window was changed since', { window: 4, since: 70 }, checkpointAt(64)],
    ['the window was changed and changed back', { since: 70 }, checkpointAt(64)],
    ['what was saved cannot be read', {}, { ...checkpointAt(64), saved: Uint8Array.of(250, 1, 2) }],
    ['the window was changed where the checkpoint is', { since: 64 }, checkpointAt(64)],
    ['the limits are others', { limits: 'textbook' as const, since: 64 }, checkpointAt(64)],
  ])('from the values before if %s', (_, change, checkpoint) => {
    const { head, chunks } = storedAs(80, 16);
    const changed: SeriesHead = { ...head, ...change };
    const from = Math.max(64, changed.since);
    const values = POINTS.slice(0, from).filter(({ late }) => !late);
    const fresh = new SeriesDetector(changed);
    for (const { value } of values.slice(-historyLength(changed.window))) fresh.learn(value);
    const restored = restoreDetector(changed, checkpoint, chunks);
    expect(restored.save()).toEqual(detectorAfter(80, fresh, from).save());
  });

  test('not, if something else is wrong', () => {
    const { head, chunks } = storedAs(80, 16);
    const broken = { ...checkpointAt(64), saved: undefined as unknown as Uint8Array };
    expect(() => restoreDetector(head, broken, chunks)).toThrow(TypeError);
  });
});
