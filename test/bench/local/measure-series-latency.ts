import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeriesClient } from '../../../lib/client/series-client.ts';
import { simulateSeries } from '../../../lib/core/simulated-series/simulate-series.ts';

/** What many clients saw that sent at once. */
export interface SeriesLatency {
  readonly sent: number;
  readonly answered: number;
  /** Whether each client was answered in the order in which it sent. */
  readonly isInOrder: boolean;
  readonly reconnects: number;
  /** From the moment at which a point was due until its answer was there. */
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** From the first point that was due to the last answer. */
  readonly wallMs: number;
  readonly clientCpuMs: number;
}

const WINDOW = 50;
const TICK_MS = 5;
/** After the last point was due; what has no answer by then counts as unanswered. */
const LONGEST_WAIT_MS = 60_000;
const MICROS = 1000;

const [url = '', ...numbers] = process.argv.slice(2);
const [clients = 0, rate = 0, seconds = 0] = numbers.map(Number);
console.log(JSON.stringify(await measure()));
process.exit();

async function measure(): Promise<SeriesLatency> {
  const latencies = createHistogram({ figures: 3 });
  const streams = Array.from({ length: clients }, (_, index) => openStream(index, latencies));
  await Promise.all(streams.map(({ connected }) => connected));
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let last = false; !last;) {
    const elapsed = performance.now() - start;
    last = elapsed >= seconds * 1000;
    for (const stream of streams) stream.sendUntil(start, Math.min(elapsed, seconds * 1000));
    await sleep(TICK_MS);
  }
  await Promise.race([Promise.all(streams.map(({ client }) => client.end())), sleep(LONGEST_WAIT_MS)]);
  const { user, system } = process.cpuUsage(cpu);
  return {
    sent: sum(streams.map(({ dues }) => dues.length)),
    answered: latencies.count,
    isInOrder: streams.every(({ order }) => order.every((sequence, index) => sequence === index + 1)),
    reconnects: sum(streams.map(({ connections }) => connections() - 1)),
    medianMs: latencies.percentile(50) / MICROS,
    p99Ms: latencies.percentile(99) / MICROS,
    longestMs: latencies.max / MICROS,
    wallMs: performance.now() - start,
    clientCpuMs: (user + system) / MICROS,
  };
}

function openStream(index: number, latencies: { record(micros: number): void }) {
  const client = new SeriesClient({ url, clientId: `bench-${index}`, window: WINDOW, source: `s-${Date.now()}` });
  const values = simulateSeries({
    kind: 'traffic',
    seed: index,
    start: Math.floor(Date.now() / 1000),
    step: 1 / rate,
    day: 600,
    episodeOneIn: 200,
    quiet: 100,
  });
  const dues: number[] = [];
  const order: number[] = [];
  let connections = 0;
  client.on('answer', ({ sequence }) => {
    order.push(sequence);
    const due = dues[sequence - 1] ?? 0;
    latencies.record(Math.max(1, Math.round((performance.now() - due) * MICROS)));
  });
  client.on('connected', () => connections++);
  // Spread over the time between two points, as independent clients are.
  const offset = (index / clients) * (1000 / rate);
  const sendUntil = (start: number, elapsed: number): void => {
    while (offset + (dues.length * 1000) / rate < elapsed) {
      dues.push(start + offset + (dues.length * 1000) / rate);
      const { time, value } = values.next().value;
      // That the client has given up shows at its end.
      client.send({ timestamp: time, value }).catch(() => undefined);
    }
  };
  const connected = new Promise<void>((resolve, reject) => {
    client.once('connected', () => resolve()).once('closed', reject);
  });
  return { client, dues, order, connected, connections: () => connections, sendUntil };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
