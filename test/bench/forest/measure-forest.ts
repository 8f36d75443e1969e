import { IsolationForest } from '../../../lib/core/forest/isolation-forest.ts';
import { rocAuc } from '../../../lib/core/quality/measures.ts';
import { rankOutcomes } from '../../../lib/core/quality/rank-outcomes.ts';
import { median } from '../median.ts';
import { readSet } from './read-set.ts';

/** Of fitting and scoring one set with as many seeds as there are runs, in processor time. */
export interface ForestMeasured {
  readonly rows: number;
  readonly columns: number;
  readonly fitMs: number;
  readonly scoreMs: number;
  readonly auc: number;
  /** Saved. Only of ours. */
  readonly bytes?: number;
}

const WARM_UP = 10;
const RUNS = 10;

/** Prints, as JSON, what it takes to fit a forest to the CSV file that its argument names, and to score that file. */
const [file = ''] = process.argv.slice(2);
const { columns, rows, isAnomaly } = readSet(file);
const runs = Array.from({ length: WARM_UP + RUNS }, (_, seed) => run(seed)).slice(WARM_UP);
const measured: ForestMeasured = {
  rows: isAnomaly.length,
  columns,
  fitMs: median(runs.map(({ fitMs }) => fitMs)),
  scoreMs: median(runs.map(({ scoreMs }) => scoreMs)),
  auc: runs.reduce((sum, { auc }) => sum + auc, 0) / RUNS,
  bytes: median(runs.map(({ bytes }) => bytes)),
};
console.log(JSON.stringify(measured));

function run(seed: number): { fitMs: number; scoreMs: number; auc: number; bytes: number } {
  const [forest, fitMs] = timed(() => IsolationForest.fit(rows, { columns, seed }));
  const [scores, scoreMs] = timed(() => forest.scoreAll(rows));
  return { fitMs, scoreMs, auc: rocAuc(rankOutcomes(scores, isAnomaly)), bytes: forest.save().length };
}

function timed<Result>(work: () => Result): [Result, number] {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return [result, (user + system) / 1000];
}
