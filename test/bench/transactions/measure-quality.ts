import type { TransactionMode } from '../../../lib/core/transactions/detectors.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';
import { formatTable } from '../table.ts';
import { labelledTransactions, simulatedTransactions } from './labelled-transactions.ts';
import { measureQuality } from './transaction-quality.ts';

/** Prints how good the detectors are on labelled transactions, beside the baselines that came with them. */
const BASELINES = [
  ['amount alone', '0.847', '0.137', '0.79'],
  ['forest on amount, hour, one-hot category, payment method, location', '0.756', '0.043', '0.40'],
  ['forest on amount and hour', '0.877', '0.136', '0.79'],
  ["z of amount by user's history", '0.809', '0.106', '0.69'],
  ['z of log amount by user and category', '0.830', '0.303', '0.75'],
  ['forest on these, log amount and hour', '0.931', '0.149', '0.88'],
];
const HEAD = ['', 'ROC-AUC', 'average precision', 'recall at 5 %', 'flagged by itself'];
const SEEDS = [42, 1, 2, 3, 4];

// The bundle lies elsewhere than this file, so it is told where they are.
const labelled = labelledTransactions(process.argv[2]);
if (labelled === undefined) console.log('The labelled card transactions are not beside the repository.');
else {
  console.log(formatTable([HEAD, ...BASELINES, ...rowsOf(labelled), ...halvesOf(labelled)]));
}
const simulated = simulatedTransactions();
console.log(`\nThe project's own producer\n${formatTable([HEAD, ...rowsOf(simulated)])}`);
console.log(`\nRecall at 5 % of what is unusual in one way alone\n${kindsOf(simulated)}`);

function rowsOf(transactions: readonly Transaction[]): string[][] {
  return SEEDS.flatMap((seed) =>
    (['basic', 'enhanced'] as const).map((mode) => rowOf(`${mode}, seed ${seed}`, transactions, { mode, seed })),
  );
}

/** Neither half of the users knows the other. */
function halvesOf(transactions: readonly Transaction[]): string[][] {
  return [0, 1].map((half) => {
    const all = [...new Set(transactions.map(({ user }) => user))];
    const users = new Set(all.filter((_, index) => index % 2 === half));
    const theirs = transactions.filter(({ user }) => users.has(user));
    return rowOf(`enhanced, half ${half + 1} of the users`, theirs, { mode: 'enhanced' });
  });
}

function rowOf(
  name: string,
  transactions: readonly Transaction[],
  options: { mode: TransactionMode; seed?: number },
): string[] {
  const { rocAuc, averagePrecision, recall, flagged } = measureQuality(transactions, options);
  return [name, rocAuc.toFixed(3), averagePrecision.toFixed(3), recall.toFixed(2), `${(flagged * 100).toFixed(1)} %`];
}

function kindsOf(transactions: readonly Transaction[]): string {
  const [basic, enhanced] = (['basic', 'enhanced'] as const).map(
    (mode) => measureQuality(transactions, { mode }).kinds,
  );
  const rows = [...(basic ?? [])].map(([kind, recall]) => [
    kind,
    recall.toFixed(2),
    (enhanced?.get(kind) ?? NaN).toFixed(2),
  ]);
  return formatTable([['', 'basic', 'enhanced'], ...rows]);
}
