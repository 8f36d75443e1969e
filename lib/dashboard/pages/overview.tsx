import type { StatsAnswer } from '../../core/api/stats.ts';
import { LazyTimeChart } from '../charts/lazy-time-chart.tsx';
import { useAnswer, useRefresh } from '../data/use-answer.ts';
import { Card, Figure, WaitingFigures } from '../parts/card.tsx';
import { showAge, showCount, showDuration, showNumberOf } from '../parts/format.ts';
import { PageHead } from '../parts/page-head.tsx';
import { WaitingBox, WhenReady } from '../parts/states.tsx';
import { SeriesClients } from './overview/series-clients.tsx';
import { lastHour, type Minute } from './overview/last-hour.ts';
import { LiveFeed } from './overview/live-feed.tsx';

const REFRESH = 5000;
const CHART_HEIGHT = 190;

export function Overview() {
  const [stats, reload] = useAnswer({ route: 'stats' });
  useRefresh(reload, REFRESH);
  return (
    <>
      <PageHead title="Overview">
        <p>What came in, and what of it is out of the ordinary.</p>
      </PageHead>
      <WhenReady loaded={stats} onRetry={reload} waiting={<WaitingFigures count={6} />}>
        {(ready) => <Totals stats={ready} />}
      </WhenReady>
      <div class="columns-main">
        <div class="columns">
          <MinuteChart title="Events a minute" stats={stats} reload={reload} colour="--accent" count={countEvents} />
          <MinuteChart title="Flagged a minute" stats={stats} reload={reload} colour="--flag" count={countFlagged} />
          <SeriesClients />
        </div>
        <LiveFeed />
      </div>
    </>
  );
}

const countEvents = ({ events, transactions }: Minute): number => events + transactions;
const countFlagged = ({ flagged, anomalies }: Minute): number => flagged + anomalies;

function Totals({ stats }: { readonly stats: StatsAnswer }) {
  const { lag, model } = stats;
  const trained = model === undefined ? 'no model yet' : `model of ${showAge(model.trained_at)}`;
  return (
    <dl class="figures">
      <Figure name="Network events" value={showCount(stats.events)} note={showNumberOf(stats.networks, 'network')} />
      <Figure name="Purchases flagged" value={showCount(stats.flagged)} note={shareOf(stats.flagged, stats.events)} />
      <Figure name="Transactions" value={showCount(stats.transactions)} note={`${stats.detector} detector`} />
      <Figure name="Anomalous" value={showCount(stats.anomalies)} note={trained} />
      <Figure name="Series clients" value={showCount(stats.active_clients)} note="connected" />
      <Figure
        name="Lag"
        value={lag.milliseconds === undefined ? '–' : showDuration(lag.milliseconds)}
        note={lag.last_applied === undefined ? 'no event yet' : `last event ${showAge(lag.last_applied)}`}
      />
    </dl>
  );
}

function shareOf(part: number, whole: number): string | undefined {
  return part === 0 || whole === 0 ? undefined : `1 in ${showCount(Math.round(whole / part))} events`;
}

interface MinuteChartProps {
  readonly title: string;
  readonly stats: ReturnType<typeof useAnswer<'stats'>>[0];
  readonly reload: () => void;
  readonly colour: `--${string}`;
  readonly count: (minute: Minute) => number;
}

function MinuteChart({ title, stats, reload, colour, count }: MinuteChartProps) {
  return (
    <Card title={title} note="the last hour">
      <WhenReady loaded={stats} onRetry={reload} waiting={<WaitingBox height={CHART_HEIGHT} />}>
        {({ minutes }) => {
          const { times, values } = lastHour(minutes, { now: Date.now(), count });
          const total = values.reduce((sum, each) => sum + each, 0);
          return (
            <LazyTimeChart
              label={`${title} over the last hour: ${showCount(total)} in total`}
              times={times}
              clock="local"
              height={CHART_HEIGHT}
              series={[{ name: title, colour, values, kind: 'bars' }]}
              describe={(index) => `${clockOf(times[index])}  ${showCount(values[index] ?? 0)}`}
            />
          );
        }}
      </WhenReady>
    </Card>
  );
}

function clockOf(seconds = 0): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
