import type { StatsAnswer } from '../../core/api/stats.ts';
import { lazy } from 'preact-iso';
import { useAnswer, useRefresh } from '../data/use-answer.ts';
import { Card, Figure, PageHead } from '../parts/card.tsx';
import { showCount, showDuration } from '../parts/format.ts';
import { WhenReady } from '../parts/states.tsx';
import { ActiveClients } from './overview/active-clients.tsx';
import { LiveFeed } from './overview/live-feed.tsx';

const TimeChart = lazy(async () => (await import('../charts/time-chart.tsx')).TimeChart);

const REFRESH = 5000;

export function Overview() {
  const [stats, reload] = useAnswer({ route: 'stats' });
  useRefresh(reload, REFRESH);
  return (
    <>
      <PageHead title="Overview">
        <p>What came in, and what of it is out of the ordinary.</p>
      </PageHead>
      <WhenReady loaded={stats} onRetry={reload} lines={3}>
        {(ready) => <Totals stats={ready} />}
      </WhenReady>
      <div class="columns-wide">
        <div class="columns">
          <Card title="Events a minute" note="the last hour">
            <WhenReady loaded={stats} onRetry={reload} lines={8}>
              {(ready) => <Throughput stats={ready} />}
            </WhenReady>
          </Card>
          <Card title="Flagged a minute" note="purchases and transactions">
            <WhenReady loaded={stats} onRetry={reload} lines={8}>
              {(ready) => <FlaggedPerMinute stats={ready} />}
            </WhenReady>
          </Card>
          <ActiveClients />
        </div>
        <LiveFeed />
      </div>
    </>
  );
}

function Totals({ stats }: { readonly stats: StatsAnswer }) {
  const { lag } = stats;
  return (
    <dl class="figures">
      <Figure name="Network events" value={showCount(stats.events)} />
      <Figure name="Purchases flagged" value={showCount(stats.flagged)} />
      <Figure name="Transactions" value={showCount(stats.transactions)} />
      <Figure name="Anomalous" value={showCount(stats.anomalies)} note={`${stats.detector} detector`} />
      <Figure name="Series clients" value={showCount(stats.active_clients)} note="connected" />
      <Figure name="Lag" value={lag.milliseconds === undefined ? '–' : showDuration(lag.milliseconds)} />
    </dl>
  );
}

function Throughput({ stats }: { readonly stats: StatsAnswer }) {
  const { times, minutes } = filledHour(stats);
  return (
    <TimeChart
      label={`Events a minute over the last hour: ${showCount(minutes.reduce((sum, each) => sum + each.events + each.transactions, 0))} in total`}
      times={times}
      height={180}
      series={[
        {
          name: 'events',
          colour: '--accent',
          values: minutes.map((each) => each.events + each.transactions),
          kind: 'bars',
        },
      ]}
    />
  );
}

function FlaggedPerMinute({ stats }: { readonly stats: StatsAnswer }) {
  const { times, minutes } = filledHour(stats);
  return (
    <TimeChart
      label={`Flagged a minute over the last hour: ${showCount(minutes.reduce((sum, each) => sum + each.flagged + each.anomalies, 0))} in total`}
      times={times}
      height={180}
      series={[
        {
          name: 'flagged',
          colour: '--flag',
          values: minutes.map((each) => each.flagged + each.anomalies),
          kind: 'bars',
        },
      ]}
    />
  );
}

const QUIET = { minute: '', events: 0, flagged: 0, transactions: 0, anomalies: 0 };

/** The last 60 minutes, also those in which nothing happened. */
function filledHour({ minutes }: StatsAnswer): { times: number[]; minutes: (typeof QUIET)[] } {
  const now = Math.floor(Date.now() / 60_000) * 60;
  const known = new Map(minutes.map((each) => [Date.parse(each.minute) / 1000, each]));
  const times = Array.from({ length: 60 }, (_, index) => now - (59 - index) * 60);
  return { times, minutes: times.map((time) => known.get(time) ?? QUIET) };
}
