import type { SeriesPointAnswer } from '../../core/api/clients.ts';
import { downSample } from './down-sample.ts';
import { TimeChart } from './time-chart.tsx';
import { windowBounds } from './window-bounds.ts';

interface SeriesChartProps {
  /** Oldest first. */
  readonly points: readonly SeriesPointAnswer[];
  readonly window: number;
}

const MOST_DRAWN = 2000;

/** A series with the bounds of its window, and its anomalies. */
export function SeriesChart({ points, window }: SeriesChartProps) {
  const bounds = windowBounds(
    points.map(({ value }) => value),
    window,
  );
  const drawn = downSample(points, MOST_DRAWN);
  const isTime = (points[0]?.time ?? 0) > 1e9;
  const anomalies = points.filter(({ anomaly }) => anomaly).length;
  const pick = (bound: readonly (number | null)[]) => drawn.map((index) => bound[index] ?? null);
  return (
    <TimeChart
      label={`${points.length} points, ${anomalies} of them anomalous`}
      times={drawn.map((index) => (isTime ? (points[index]?.time ?? 0) / 1000 : index))}
      isTime={isTime}
      height={360}
      series={[
        { name: 'upper bound', colour: '--line-strong', values: pick(bounds.upper), kind: 'band' },
        { name: 'lower bound', colour: '--line-strong', values: pick(bounds.lower), kind: 'band' },
        { name: 'value', colour: '--accent', values: drawn.map((index) => points[index]?.value ?? null) },
        {
          name: 'anomaly',
          colour: '--flag',
          values: drawn.map((index) => (points[index]?.anomaly ? (points[index]?.value ?? null) : null)),
          kind: 'points',
        },
      ]}
    />
  );
}
