import { WORLD } from '../../adapters/world.ts';
import { SeriesClient } from '../../client/series-client.ts';
import { SeriesClosed } from '../../client/series-closed.ts';
import type { SeriesKindName } from '../../core/simulated-series/series-kinds.ts';
import { simulateSeries } from '../../core/simulated-series/simulate-series.ts';
import type { DemoOptions } from './demo.ts';

interface DemoSeries {
  readonly clientId: string;
  readonly kind: SeriesKindName;
  readonly seed: number;
}

export const DEMO_SERIES: readonly DemoSeries[] = [
  { clientId: 'demo-price', kind: 'price', seed: 1 },
  { clientId: 'demo-traffic', kind: 'traffic', seed: 2 },
  { clientId: 'demo-temperature', kind: 'temperature', seed: 3 },
];

const POINTS_A_SECOND = 2;
const WINDOW = 100;
/** A day passes in ten minutes, so that it can be watched. */
const DAY_SECONDS = 600;
/** Enough points to judge by, and an anomaly soon after. */
const QUIET_POINTS = 100;
const EPISODE_ONE_IN = 40;

/** Streams made-up series, each over a client of its own, until the run ends. */
export async function runDemoSeries(options: DemoOptions): Promise<void> {
  const { series } = options.system;
  if (series === undefined) return;
  const names = DEMO_SERIES.map(({ clientId }) => clientId).join(', ');
  options.say(`streaming the series ${names}, ${POINTS_A_SECOND} points a second each`);
  await Promise.all(DEMO_SERIES.map((demo) => streamSeries(demo, series, options)));
}

async function streamSeries({ clientId, kind, seed }: DemoSeries, url: string, options: DemoOptions): Promise<void> {
  const { stopped, say } = options;
  const start = WORLD.now();
  const client = new SeriesClient({
    url,
    clientId,
    window: WINDOW,
    source: `demo-${start}`,
    timing: { giveUpAfter: Infinity },
  });
  client.on('alert', ({ timestamp, value }) => say(`${clientId} is out of line: ${value} at ${timestamp}`));
  const close = (): void => client.close();
  stopped.addEventListener('abort', close, { once: true });
  try {
    const step = 1 / POINTS_A_SECOND;
    const simulation = { kind, seed, start: start / 1000, step, day: DAY_SECONDS };
    for (const { time, value } of simulateSeries({
      ...simulation,
      quiet: QUIET_POINTS,
      episodeOneIn: EPISODE_ONE_IN,
    })) {
      const wait = time * 1000 - WORLD.now();
      if (wait > 0) await WORLD.sleep(wait);
      if (stopped.aborted) break;
      await client.send({ timestamp: timestampOf(time), value });
    }
  } catch (error) {
    if (error instanceof SeriesClosed && error.reason === 'ended') return;
    throw error;
  } finally {
    stopped.removeEventListener('abort', close);
    client.close();
  }
}

/** `2026-11-21 10:00:00.500` */
function timestampOf(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 23).replace('T', ' ');
}
