import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TimeChartProps } from './time-chart.tsx';

let loaded: FunctionComponent<TimeChartProps> | undefined;

/** A chart whose code is loaded after the rest of the page; its place is kept free meanwhile. */
export function LazyTimeChart(props: TimeChartProps) {
  const [Chart, setChart] = useState(() => loaded);
  useEffect(() => {
    if (loaded === undefined) {
      void import('./time-chart.tsx').then(({ TimeChart }) => {
        loaded = TimeChart;
        setChart(() => TimeChart);
      });
    }
  }, []);
  if (Chart !== undefined) return <Chart {...props} />;
  return (
    <div class="chart">
      <div style={{ height: `${props.height}px` }} />
      <p class="chart-readout" />
    </div>
  );
}
