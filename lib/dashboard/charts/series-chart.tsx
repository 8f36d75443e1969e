import { useMemo } from 'preact/hooks';
import type { SeriesPointAnswer } from '../../core/api/clients.ts';
import { showTime, showValue } from '../parts/format.ts';
import { viewSeries, type SeriesView } from './series-view.ts';
import { TimeChart } from './time-chart.tsx';
import type { Range, TimeSeries } from './time-plot.ts';

interface SeriesChartProps {
  /** Oldest first. */
  readonly points: readonly SeriesPointAnswer[];
  readonly window: number;
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
}

export const CHART_HEIGHT = 380;
const MOST_DRAWN = 2400;

/** A series with the bounds of its window, its anomalies and alerts. */
export function SeriesChart({ points, window, range, onRange }: SeriesChartProps) {
  const view = useMemo(() => viewSeries(points, { window, range, most: MOST_DRAWN }), [points, window, range]);
  const series = useMemo(() => seriesOf(view), [view]);
  const anomalies = points.filter(({ anomaly }) => anomaly).length;
  return (
    <TimeChart
      label={`${points.length} points, ${anomalies} of them anomalous`}
      times={view.times}
      clock={view.isTime ? 'utc' : 'none'}
      height={CHART_HEIGHT}
      series={series}
      range={range}
      onRange={onRange}
      describe={(index) => describe(view, index)}
    />
  );
}

function seriesOf({ values, lower, upper, anomalies, alerts }: SeriesView): TimeSeries[] {
  return [
    { name: 'upper bound', colour: '--line-strong', values: upper, kind: 'bound' },
    { name: 'lower bound', colour: '--line-strong', values: lower, kind: 'bound' },
    { name: 'value', colour: '--accent', values, kind: 'line' },
    { name: 'alert', colour: '--flag', values: alerts, kind: 'rings' },
    { name: 'anomaly', colour: '--flag', values: anomalies, kind: 'points' },
  ];
}

function describe({ times, isTime, values, anomalies, lower, upper }: SeriesView, index: number): string {
  const time = times[index];
  const value = values[index];
  if (time === undefined || value === undefined || value === null) return '';
  const low = lower[index];
  const high = upper[index];
  const bounds =
    typeof low === 'number' && typeof high === 'number' ? `  window ${showValue(low)} to ${showValue(high)}` : '';
  const verdict = typeof anomalies[index] === 'number' ? '  anomaly' : '';
  return `${isTime ? showTime(time * 1000) : String(time)}  ${showValue(value)}${bounds}${verdict}`;
}
