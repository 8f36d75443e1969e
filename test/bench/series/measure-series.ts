import { ScalarForest } from '../../../lib/core/series/scalar-forest.ts';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import { Random } from '../logs/random.ts';
import { median } from '../median.ts';
import { formatTable } from '../table.ts';

const WINDOWS = [50, 500, 5000, 10_000];
const WARM_UP_POINTS = 12_000;
const POINTS_A_ROUND = 10_000;
const ROUNDS = 5;

const values = priceLike(50_000);
const messages = values.map((value, place) => JSON.stringify({ timestamp: place, value }));

/**
 * Prints how many points a second of processor time are scored and learnt, and how much longer that takes than the floor:
 * to read a point's message and to write the shortest answer to it.
 */
const floor = pointsPerSecond((place) => {
  const { timestamp, value } = JSON.parse(messages[place]!) as { timestamp: number; value: number };
  JSON.stringify({ timestamp, anomaly: value > 1e6 });
});
const withForest = WINDOWS.map(measureDetector);
takeForestAway();
const withoutForest = WINDOWS.map(measureDetector);
console.log(
  formatTable([
    ['window', 'points/s', 'ratio to floor', 'without the forest', 'ratio to floor', 'bytes saved'],
    ...WINDOWS.map(rowOf),
    ['floor', shown(floor)],
  ]),
);

function rowOf(window: number, at: number): string[] {
  const [all, four] = [withForest[at]!, withoutForest[at]!];
  const ratios = [all, four].map(({ rate }) => (floor / rate).toFixed(1));
  return [
    window.toLocaleString('en'),
    shown(all.rate),
    ratios[0]!,
    shown(four.rate),
    ratios[1]!,
    String(all.savedBytes),
  ];
}

function measureDetector(window: number): { rate: number; savedBytes: number } {
  const detector = new SeriesDetector({ window });
  const rate = pointsPerSecond((place) => {
    const value = values[place]!;
    detector.learn(value, detector.score(value));
  });
  return { rate, savedBytes: detector.save().length };
}

/** The median of some rounds; the windows are full before them, and the compiler has done its work. */
function pointsPerSecond(step: (place: number) => void): number {
  let place = 0;
  const run = (points: number): number => {
    const before = process.cpuUsage();
    for (let point = 0; point < points; point++) step(place++ % values.length);
    const { user, system } = process.cpuUsage(before);
    return (points * 1e6) / (user + system);
  };
  run(WARM_UP_POINTS);
  return median(Array.from({ length: ROUNDS }, () => run(POINTS_A_ROUND)));
}

/** A detector has no switch for that, since nobody needs one but this bench. */
function takeForestAway(): void {
  Object.assign(ScalarForest.prototype, { learn() {}, pathLength: () => undefined });
}

function priceLike(count: number): number[] {
  const random = new Random(1);
  let price = 100;
  return Array.from({ length: count }, () => (price *= 1 + (random.unit() - 0.5) / 100));
}

function shown(rate: number): string {
  return (Math.round(rate / 1000) * 1000).toLocaleString('en');
}
