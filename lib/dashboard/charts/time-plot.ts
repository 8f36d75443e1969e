import uPlot from 'uplot';
import { colour } from '../parts/theme.ts';
import { tickText } from './tick-text.ts';

export type Range = readonly [from: number, to: number];

export interface TimeSeries {
  readonly name: string;
  readonly colour: `--${string}`;
  /** One value for each time; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly kind: 'line' | 'bars' | 'points' | 'rings' | 'bound';
}

export interface Drawn {
  /** Seconds since 1970, rising; or positions where `clock` is `none`. */
  readonly times: readonly number[];
  readonly series: readonly TimeSeries[];
  readonly clock: 'local' | 'utc' | 'none';
  readonly height: number;
  /** What is shown of it; all, if undefined. */
  readonly range?: Range | undefined;
  /** Called when a stretch is chosen by dragging, and with undefined to show all again. */
  readonly onRange?: ((range: Range | undefined) => void) | undefined;
}

interface Latest {
  readonly current: Drawn;
}

/** uPlot with our looks. */
export class TimePlot {
  readonly #element: HTMLElement;
  readonly #latest: Latest;
  readonly #plot: uPlot;

  constructor(element: HTMLElement, latest: Latest, onPoint: (index: number | undefined) => void) {
    this.#element = element;
    this.#latest = latest;
    const options = optionsOf(latest, Math.max(1, element.clientWidth));
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)],
      setSelect: [(plot) => this.#choose(plot)],
    };
    this.#plot = new uPlot({ ...options, hooks }, dataOf(latest.current), element);
    this.update();
  }

  update(): void {
    const { range } = this.#latest.current;
    if (range === undefined) return this.#plot.setData(dataOf(this.#latest.current));
    this.#plot.batch(() => {
      this.#plot.setData(dataOf(this.#latest.current), false);
      this.#plot.setScale('x', { min: range[0], max: range[1] });
    });
  }

  resize(): void {
    this.#plot.setSize({ width: Math.max(1, this.#element.clientWidth), height: this.#latest.current.height });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #choose(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#latest.current.onRange?.([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
  }
}

function dataOf({ times, series }: Drawn): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}

function optionsOf(latest: Latest, width: number): uPlot.Options {
  const { series, clock, height, onRange } = latest.current;
  const axis: uPlot.Axis = {
    stroke: colour('--text-quiet'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const bounds = series.flatMap(({ kind }, index) => (kind === 'bound' ? [index + 1] : []));
  const [upper, lower] = bounds;
  return {
    width,
    height,
    // Whole hours of UTC are where the client's own times have them.
    ...(clock === 'utc' && { tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }),
    scales: { x: { time: clock !== 'none' }, ...(series.some(({ kind }) => kind === 'bars') && BAR_SCALES) },
    axes: [
      { ...axis, grid: { show: false }, size: 24, space: 64, ...(clock !== 'none' && { values: timeTicks(clock) }) },
      { ...axis, size: 52 },
    ],
    series: [{}, ...series.map(seriesOptions)],
    ...(upper !== undefined && lower !== undefined && { bands: [{ series: [upper, lower], fill: colour('--band') }] }),
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: onRange !== undefined, y: false, setScale: false },
      bind: { dblclick: () => () => (latest.current.onRange?.(undefined), null) },
    },
    legend: { show: false },
    padding: [20, 26, 0, 0],
  };
}

/** From nothing on, and a whole bar at both ends. */
const BAR_SCALES: uPlot.Scales = {
  x: { time: true, range: (_, min, max) => [min - 40, max + 40] },
  y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] },
};

function timeTicks(clock: 'local' | 'utc'): uPlot.Axis.DynamicValues {
  return (_, splits, ...[, , step]) => splits.map((seconds) => tickText(seconds, { step, clock }));
}

function seriesOptions({ name, colour: token, kind }: TimeSeries): uPlot.Series {
  const stroke = colour(token);
  return { label: name, stroke, points: { show: false }, ...KINDS[kind](stroke) };
}

const NO_LINE = (): null => null;

const KINDS = {
  line: () => ({ width: 1.5 }),
  bound: () => ({ width: 0 }),
  bars: (fill) => ({ fill, width: 0, paths: uPlot.paths.bars?.({ size: [0.8, 24], radius: 0.15 }) ?? NO_LINE }),
  points: (fill) => ({ paths: NO_LINE, points: { show: true, size: 8, width: 0, fill, stroke: fill } }),
  rings: (stroke) => ({ paths: NO_LINE, points: { show: true, size: 17, width: 2, fill: 'transparent', stroke } }),
} as const satisfies Record<TimeSeries['kind'], (colour: string) => Partial<uPlot.Series>>;
