import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatTimestamp } from '../../../lib/core/events/timestamp.ts';
import { Draws } from '../../../lib/core/producer/draws.ts';
import { simulateSeries, type SimulatedPoint } from '../../../lib/core/simulated-series/simulate-series.ts';

const EVENTS = join(import.meta.dirname, '../../../events');

/** A price by the minute, in the columns of stock price files; and where its anomalies begin. */
export const PRICE_SAMPLE_PATHS = {
  prices: join(EVENTS, 'prices.csv'),
  anomalies: join(EVENTS, 'prices_anomalies.csv'),
} as const;

const SEED = 2026;
const POINTS = 5_000;

export interface PriceSample {
  readonly prices: string;
  readonly anomalies: string;
}

export function generatePrices(): PriceSample {
  const points = simulatedPrices();
  const draws = Draws.seeded(SEED, 2);
  const rows = points.map((point, index) => priceRow(point, points[index - 1] ?? point, draws));
  const onsets = points.filter(({ isOnset }) => isOnset).map(({ time, anomaly }) => [formatTimestamp(time), anomaly]);
  return {
    prices: csv(['Date', 'Open', 'High', 'Low', 'Close', 'Volume'], rows),
    anomalies: csv(['Date', 'Anomaly'], onsets),
  };
}

export async function writePrices(): Promise<void> {
  const { prices, anomalies } = generatePrices();
  await pipeline(Readable.from([prices]), createWriteStream(PRICE_SAMPLE_PATHS.prices));
  await pipeline(Readable.from([anomalies]), createWriteStream(PRICE_SAMPLE_PATHS.anomalies));
}

function simulatedPrices(): SimulatedPoint[] {
  const series = simulateSeries({
    kind: 'price',
    seed: SEED,
    start: Date.UTC(2026, 0, 5) / 1000,
    step: 60,
    day: 86_400,
    episodeOneIn: 200,
    quiet: 200,
  });
  return Array.from({ length: POINTS }, () => series.next().value);
}

function priceRow({ time, value }: SimulatedPoint, before: SimulatedPoint, draws: Draws): string[] {
  const high = Math.max(before.value, value) + draws.between(0, 0.1);
  const low = Math.min(before.value, value) - draws.between(0, 0.1);
  const prices = [before.value, high, low, value].map((price) => price.toFixed(2));
  return [formatTimestamp(time), ...prices, String(Math.round(draws.logNormal(1200, 0.5)))];
}

function csv(header: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
