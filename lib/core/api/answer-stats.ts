import { addMinutes, type MinuteTally, type Tally } from '../cloud/tally.ts';
import type { TransactionMode } from '../transactions/detectors.ts';
import type { StatsAnswer } from './stats.ts';

export interface Counts {
  /** Of each network. */
  readonly networks: readonly Tally[];
  /** Of the transactions of each shard: `events` are those that were judged, `flagged` the anomalous ones. */
  readonly transactions: readonly Tally[];
  readonly activeClients: number;
  readonly detector: TransactionMode;
  readonly model: StatsAnswer['model'];
}

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 60;

/** All that is counted in different places, as one. */
export function answerStats({ networks, transactions, activeClients, detector, model }: Counts): StatsAnswer {
  return {
    events: sum(networks, 'events'),
    flagged: sum(networks, 'flagged'),
    rejected: sum(networks, 'rejected') + sum(transactions, 'rejected'),
    transactions: sum(transactions, 'events'),
    anomalies: sum(transactions, 'flagged'),
    active_clients: activeClients,
    networks: networks.length,
    minutes: minutesOf(minutesIn(networks), minutesIn(transactions)),
    lag: lagOf([...networks, ...transactions]),
    detector,
    ...(model && { model }),
  };
}

function sum(tallies: readonly Tally[], name: 'events' | 'flagged' | 'rejected'): number {
  return tallies.reduce((total, tally) => total + tally[name], 0);
}

function minutesIn(tallies: readonly Tally[]): MinuteTally[] {
  return tallies.reduce<MinuteTally[]>((minutes, tally) => addMinutes(minutes, tally.minutes), []);
}

function minutesOf(events: readonly MinuteTally[], transactions: readonly MinuteTally[]): StatsAnswer['minutes'] {
  const counts = new Map<number, Omit<StatsAnswer['minutes'][number], 'minute'>>();
  for (const [minute, count, flagged] of events) {
    counts.set(minute, { events: count, flagged, transactions: 0, anomalies: 0 });
  }
  for (const [minute, count, anomalies] of transactions) {
    const known = counts.get(minute) ?? { events: 0, flagged: 0 };
    counts.set(minute, { ...known, transactions: count, anomalies });
  }
  const latest = Math.max(...counts.keys());
  return Array.from(counts)
    .filter(([minute]) => minute > latest - KEPT_MINUTES)
    .toSorted(([a], [b]) => a - b)
    .map(([minute, counted]) => Object.assign({ minute: new Date(minute * MINUTE_MS).toISOString() }, counted));
}

/** Of what was applied last of all. */
function lagOf(tallies: readonly Tally[]): StatsAnswer['lag'] {
  const applied = tallies.flatMap(({ latest }) => latest ?? []);
  const [last] = applied.toSorted((one, other) => other.appliedAt - one.appliedAt);
  if (last === undefined) return {};
  const milliseconds = Math.max(0, last.appliedAt - last.arrivedAt);
  return { last_applied: new Date(last.appliedAt).toISOString(), milliseconds };
}
