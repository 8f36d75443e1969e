import { simulateTransactions } from '../../../lib/core/producer/simulate-transactions.ts';
import { TRANSACTION_DETECTORS, type TransactionMode } from '../../../lib/core/transactions/detectors.ts';
import { judgeHistory } from '../../../lib/core/transactions/judge-history.ts';
import type { FreshJudgement } from '../../../lib/core/transactions/judgement.ts';
import type { Model } from '../../../lib/core/transactions/model.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';
import { median } from '../median.ts';
import { formatTable } from '../table.ts';

const USERS = 200;
const TRAINING = 10_000;
const TRANSACTIONS = 50_000;
const ROUNDS = 5;
const GOAL = 50_000;

/** Prints what judging transactions costs in processor time, with all that each asks for: features, verdict, learning. */
const transactions = take(simulateTransactions({ users: USERS, seed: 1, start: 1_767_225_600 }), TRANSACTIONS);
const rows = (['basic', 'enhanced'] as const).map(rowOf);
console.log(formatTable([['mode', 'transactions/s', 'microseconds', 'of these learning', 'goal'], ...rows]));

function rowOf(mode: TransactionMode): string[] {
  const { model } = judgeHistory(transactions.slice(0, TRAINING), { mode, training: TRAINING });
  const rounds = Array.from({ length: ROUNDS + 1 }, () => microsOf(mode, model)).slice(1);
  const micros = median(rounds.map(({ all }) => all));
  const learning = median(rounds.map(({ learning }) => learning));
  const perSecond = Math.round(1e6 / micros);
  return [
    mode,
    perSecond.toLocaleString('en'),
    micros.toFixed(1),
    learning.toFixed(1),
    mode === 'basic' ? '' : `${GOAL.toLocaleString('en')}: ${perSecond >= GOAL ? 'met' : 'missed'}`,
  ];
}

/** Each transaction is judged by what the ones before it taught, and then learnt; for comparison, learnt only. */
function microsOf(mode: TransactionMode, model: Model): { all: number; learning: number } {
  const detector = TRANSACTION_DETECTORS[mode];
  const judgements: FreshJudgement[] = [];
  const all = microsPerTransaction((transaction, profile) => {
    const judgement = detector.judge({ transaction, profile, model });
    profile.learn(transaction, judgement);
    judgements.push(judgement);
  });
  let at = 0;
  const learning = microsPerTransaction((transaction, profile) => profile.learn(transaction, judgements[at++]!));
  return { all, learning };
}

function microsPerTransaction(work: (transaction: Transaction, profile: Profile) => void): number {
  const profiles = new Map<string, Profile>();
  const start = process.cpuUsage();
  for (const transaction of transactions) {
    const profile = profiles.get(transaction.user) ?? Profile.empty();
    profiles.set(transaction.user, profile);
    work(transaction, profile);
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / transactions.length;
}

function take<Value>(values: Iterable<Value>, count: number): Value[] {
  const taken: Value[] = [];
  for (const value of values) if (taken.push(value) === count) break;
  return taken;
}
