import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { CHART_HEIGHT, SeriesChart } from '../charts/series-chart.tsx';
import type { Range } from '../charts/time-plot.ts';
import { useAddress } from '../data/use-address.ts';
import { useSeries, type ClientSeries } from '../data/use-series.ts';
import { Card, Figure, WaitingFigures } from '../parts/card.tsx';
import { showAge, showCount } from '../parts/format.ts';
import { PageHead } from '../parts/page-head.tsx';
import { Empty, WaitingBox, WhenReady } from '../parts/states.tsx';
import { AnomalyTable } from './client/anomaly-table.tsx';

const CHOICES = [500, 2000, 10_000, 100_000] as const;
const USUAL = 2000;

/** The points of a client, live. */
export function Client() {
  const id = useRoute().params['id'] ?? '';
  const [{ points }, setAddress] = useAddress(['points']);
  const most = CHOICES.find((choice) => choice === Number(points)) ?? USUAL;
  const [series, retry] = useSeries(id, most);
  const choose = (event: Event): void => setAddress({ points: (event.currentTarget as HTMLSelectElement).value });
  return (
    <>
      <PageHead title={id}>
        <p>Each point is judged by five models against the points of the window before it; the majority decides.</p>
      </PageHead>
      <WhenReady loaded={series} onRetry={retry} waiting={<WaitingSeries />}>
        {(ready) => <Series key={id} series={ready} most={most} onChoose={choose} />}
      </WhenReady>
    </>
  );
}

function WaitingSeries() {
  return (
    <>
      <WaitingFigures count={5} />
      <Card title="Series">
        <WaitingBox height={CHART_HEIGHT + 72} />
      </Card>
    </>
  );
}

interface SeriesProps {
  readonly series: ClientSeries;
  readonly most: number;
  readonly onChoose: (event: Event) => void;
}

function Series({ series: { client, points, isLoadingOlder }, most, onChoose }: SeriesProps) {
  const [range, setRange] = useState<Range>();
  return (
    <>
      <dl class="figures">
        <Figure name="Points" value={showCount(client.points)} />
        <Figure name="Anomalous" value={showCount(client.anomalies)} note="points" />
        <Figure name="Alerts" value={showCount(client.alerts)} note="onsets of an anomaly" />
        <Figure name="Window" value={showCount(client.window)} note="points before each" />
        <Figure
          name="Client"
          value={client.active ? 'connected' : 'gone'}
          note={client.active ? undefined : showAge(client.last_seen)}
        />
      </dl>
      <Card
        title="Series"
        note={
          isLoadingOlder
            ? `loading, ${showCount(points.length)} so far`
            : `the latest ${showCount(points.length)} points`
        }
      >
        <div class="chart-tools">
          <label class="field field-inline">
            Show the latest
            <select value={String(most)} onChange={onChoose}>
              {CHOICES.map((choice) => (
                <option key={choice} value={String(choice)}>
                  {showCount(choice)} points
                </option>
              ))}
            </select>
          </label>
          <button type="button" disabled={range === undefined} onClick={() => setRange(undefined)}>
            Show all of it
          </button>
          <span class="quiet small">Drag over the chart to look closer.</span>
        </div>
        {points.length === 0 ? (
          <Empty title="No points yet" />
        ) : (
          <SeriesChart points={points} window={client.window} range={range} onRange={setRange} />
        )}
        <p class="legend">
          <span>value</span>
          <span class="legend-quiet">mean ± 3 standard deviations of the window</span>
          <span class="legend-flag">anomaly</span>
          <span class="legend-ring">alert: an anomaly begins</span>
        </p>
      </Card>
      <AnomalyTable points={points} onLook={setRange} />
    </>
  );
}
