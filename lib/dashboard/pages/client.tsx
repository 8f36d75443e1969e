import { useRoute } from 'preact-iso';
import { useCallback, useState } from 'preact/hooks';
import type { ClientSeriesAnswer, SeriesPointAnswer } from '../../core/api/clients.ts';
import { SeriesChart } from '../charts/series-chart.tsx';
import { useLive } from '../data/live.ts';
import { useAnswer } from '../data/use-answer.ts';
import { Card, Figure, PageHead } from '../parts/card.tsx';
import { showCount } from '../parts/format.ts';
import { Empty, WhenReady } from '../parts/states.tsx';

const SHOWN = 5000;

/** The points of a client, live. */
export function Client() {
  const id = useRoute().params['id'] ?? '';
  const [client, reload] = useAnswer({ route: 'client', path: { client_id: id }, query: { limit: SHOWN } });
  return (
    <>
      <PageHead title={id}>
        <p>Each point is judged by five models against the points before it; the majority decides.</p>
      </PageHead>
      <WhenReady loaded={client} onRetry={reload} lines={14}>
        {(ready) => <Series client={ready} onGap={reload} />}
      </WhenReady>
    </>
  );
}

interface SeriesProps {
  readonly client: ClientSeriesAnswer;
  readonly onGap: () => void;
}

function Series({ client, onGap }: SeriesProps) {
  const [arrived, setArrived] = useState<readonly SeriesPointAnswer[]>([]);
  useLive(
    `client:${client.client_id}`,
    useCallback((items) => setArrived((before) => [...before, ...items].slice(-SHOWN)), []),
    onGap,
  );
  const last = client.items.at(-1)?.position ?? -1;
  const fresh = arrived.filter(({ position }) => position > last);
  const points = [...client.items, ...fresh];
  const count = (kind: 'anomaly' | 'alert') => fresh.filter((point) => point[kind]).length;
  return (
    <>
      <dl class="figures">
        <Figure name="Points" value={showCount(client.points + fresh.length)} />
        <Figure name="Anomalous" value={showCount(client.anomalies + count('anomaly'))} />
        <Figure name="Alerts" value={showCount(client.alerts + count('alert'))} note="onsets" />
        <Figure name="Window" value={showCount(client.window)} note="points" />
        <Figure name="State" value={client.active || fresh.length > 0 ? 'connected' : 'not connected'} />
      </dl>
      <Card
        title="Series"
        note={
          points.length < client.points + fresh.length ? `the latest ${showCount(points.length)} points` : undefined
        }
      >
        {points.length === 0 ? <Empty title="No points yet" /> : <SeriesChart points={points} window={client.window} />}
        <p class="legend">
          <span>value</span>
          <span class="legend-quiet">mean ± 3 standard deviations of the window</span>
          <span class="legend-flag">anomaly</span>
        </p>
      </Card>
    </>
  );
}
