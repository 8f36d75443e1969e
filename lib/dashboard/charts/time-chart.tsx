import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colour, THEME_CHANGED } from '../parts/theme.ts';

export interface TimeSeries {
  readonly name: string;
  readonly colour: `--${string}`;
  /** One value for each time; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly kind?: 'line' | 'bars' | 'points' | 'band';
}

interface TimeChartProps {
  /** What is drawn, for those who do not see it. */
  readonly label: string;
  /** Seconds since 1970, rising; or positions where `isTime` is false. */
  readonly times: readonly number[];
  readonly series: readonly TimeSeries[];
  readonly isTime?: boolean;
  readonly height?: number;
}

/** Lines, bars and points over time. */
export function TimeChart({ label, times, series, isTime = true, height = 224 }: TimeChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const data = [[...times], ...series.map(({ values }) => [...values])] as uPlot.AlignedData;
  const shape = series.map(({ name, kind }) => `${name}:${kind}`).join();
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const draw = () => {
      plot.current?.destroy();
      const options = optionsOf({ series, isTime, height, width: element.clientWidth });
      plot.current = new uPlot(options, latest.current, element);
    };
    draw();
    const watcher = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    watcher.observe(element);
    document.addEventListener(THEME_CHANGED, draw);
    return () => {
      watcher.disconnect();
      document.removeEventListener(THEME_CHANGED, draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape, isTime, height]);
  useEffect(() => plot.current?.setData(data));
  return <div class="chart" role="img" aria-label={label} ref={frame} style={{ minHeight: `${height}px` }} />;
}

interface Drawing {
  readonly series: readonly TimeSeries[];
  readonly isTime: boolean;
  readonly height: number;
  readonly width: number;
}

function optionsOf({ series, isTime, height, width }: Drawing): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: colour('--text-quiet'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    scales: { x: { time: isTime } },
    axes: [
      { ...axis, grid: { show: false } },
      { ...axis, size: 56 },
    ],
    series: [{}, ...series.map(seriesOptions)],
    cursor: { y: false, points: { size: 7 } },
    legend: { show: false },
    padding: [12, 8, 0, 0],
  };
}

function seriesOptions({ name, colour: token, kind = 'line' }: TimeSeries): uPlot.Series {
  const stroke = colour(token);
  return { label: name, stroke, points: { show: false }, ...KINDS[kind](stroke) };
}

const KINDS = {
  line: () => ({ width: 1.75 }),
  band: () => ({ width: 1, dash: [4, 4] }),
  bars: (fill: string) => ({ fill, width: 0, paths: uPlot.paths.bars?.({ size: [0.8, 24] }) }),
  points: (fill: string) => ({
    fill,
    width: 0,
    paths: () => null,
    points: { show: true, size: 8, fill, stroke: fill },
  }),
} as const satisfies Record<NonNullable<TimeSeries['kind']>, (colour: string) => Partial<uPlot.Series>>;
