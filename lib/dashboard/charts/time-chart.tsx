import { useEffect, useRef, useState } from 'preact/hooks';
import 'uplot/dist/uPlot.min.css';
import { THEME_CHANGED } from '../parts/theme.ts';
import { TimePlot, type Drawn } from './time-plot.ts';

export interface TimeChartProps extends Drawn {
  /** What is drawn, for those who do not see it. */
  readonly label: string;
  /** What a place is called where the pointer is; nothing by default. */
  readonly describe?: (index: number) => string;
}

/** Lines, bars and points over time. */
export function TimeChart({ label, describe, ...drawn }: TimeChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<TimePlot>(undefined);
  const [pointed, setPointed] = useState<number>();
  const latest = useRef(drawn);
  latest.current = drawn;
  const shape = drawn.series.map(({ name, kind }) => `${name}:${kind}`).join();

  useEffect(() => {
    const { current: element } = frame;
    if (element === null) return undefined;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new TimePlot(element, latest, setPointed);
    };
    draw();
    const watcher = new ResizeObserver(() => plot.current?.resize());
    watcher.observe(element);
    document.addEventListener(THEME_CHANGED, draw);
    return () => {
      watcher.disconnect();
      document.removeEventListener(THEME_CHANGED, draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape, drawn.height]);
  useEffect(() => plot.current?.update(), [drawn.times, drawn.series, drawn.range]);
  return (
    <div class="chart">
      <div role="img" aria-label={label} ref={frame} style={{ height: `${drawn.height}px` }} />
      <p class="chart-readout" aria-hidden="true">
        {pointed !== undefined && describe?.(pointed)}
      </p>
    </div>
  );
}
