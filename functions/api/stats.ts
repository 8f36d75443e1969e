import { answerStats } from '../../lib/core/api/answer-stats.ts';
import type { Answer } from '../../lib/core/api/routes.ts';
import { isActive } from '../../lib/core/series-cloud/series-head.ts';
import type { TransactionMode } from '../../lib/core/transactions/detectors.ts';
import { readHeads } from '../../lib/adapters/network/read-heads.ts';
import type { SeriesStore } from '../../lib/adapters/series/series-store.ts';
import type { StateStore } from '../../lib/adapters/state/state-store.ts';
import type { ModelStore } from '../../lib/adapters/transactions/model-store.ts';
import type { TallyStore } from '../../lib/adapters/transactions/tally-store.ts';
import type { AnswerersOf } from './answerers.ts';

export interface StatsStores {
  readonly state: StateStore;
  readonly tallies: TallyStore;
  readonly series: SeriesStore;
  readonly models: Pick<ModelStore, 'latest'>;
  readonly detector: TransactionMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** However many pages show them, the counts are read once in this time by each sandbox. */
const READ_EVERY_MS = 2_000;

export function statsAnswerers(stores: StatsStores): AnswerersOf<'stats'> {
  let known: { readonly at: number; readonly answer: Promise<Answer<'stats'>> } | undefined;
  return {
    stats: async () => {
      const at = stores.now();
      if (known === undefined || at - known.at >= READ_EVERY_MS) {
        const answer = readStats(stores);
        known = { at, answer };
        answer.catch(() => (known = undefined));
      }
      return known.answer;
    },
  };
}

async function readStats({ state, tallies, series, models, detector, now }: StatsStores): Promise<Answer<'stats'>> {
  const [heads, counted, activeClients, [model]] = await Promise.all([
    readHeads(state),
    tallies.readAll(),
    countActive(series, now()),
    models.latest(),
  ]);
  return answerStats({
    networks: heads.map(({ tally }) => tally),
    transactions: counted.map(({ tally }) => tally),
    activeClients,
    detector,
    model: model && { version: model.version, trained_at: model.trainedAt, rows: model.report.transactions },
  });
}

async function countActive(series: SeriesStore, now: number): Promise<number> {
  let count = 0;
  for await (const head of series.readHeads('active')) count += Number(isActive(head, now));
  return count;
}
