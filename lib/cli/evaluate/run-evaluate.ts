import { LEAST_TRAINING } from '../../core/transactions/model.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { paintFor } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { UsageError } from '../usage-error.ts';
import { evaluate, type ModeEvaluation, type Outcomes } from './evaluation.ts';
import { readableEvaluation, readableHistograms } from './readable-evaluation.ts';
import type { EvaluateRequest } from './request.ts';
import { Scorer } from './scorer.ts';
import { TwiceReader } from './twice-reader.ts';

/** Bad lines that are shown. */
const LISTED = 20;

/** What became of a file. */
export interface Evaluated {
  readonly users: number;
  /** Transactions that the models were trained on. */
  readonly training: number;
  /** Of the transactions after these. */
  readonly anomalous: number;
  readonly rejected: number;
  readonly outcomes: readonly Outcomes[];
  readonly evaluations: readonly ModeEvaluation[];
}

/** Scores a file's transactions and prints how well. @throws UsageError for a file of which that cannot be said */
export async function runEvaluate(request: EvaluateRequest, host: Host): Promise<void> {
  const evaluated = await evaluateFile(request, host);
  const { stdout } = host;
  if (request.json) {
    const { outcomes: _, ...figures } = evaluated;
    await print(stdout, `${JSON.stringify(figures)}\n`);
    return;
  }
  await print(stdout, readableEvaluation(evaluated, request));
  if (stdout.isTTY === true) await print(stdout, readableHistograms(evaluated, paintFor(stdout)));
}

async function evaluateFile(request: EvaluateRequest, host: Host): Promise<Evaluated> {
  const { file, modes, trainShare, flagged } = request;
  const reader = new TwiceReader(request, host);
  try {
    const { count, rejected } = await countTransactions(reader);
    const training = trainingOf(file, count, trainShare);
    const scorers = modes.map((mode) => new Scorer(mode, training));
    const labels: (readonly string[])[] = [];
    const users = new Set<string>();
    let before = 0;
    for await (const { parsed } of reader.read()) {
      if (!parsed.ok) continue;
      const { user, label = [] } = parsed.value;
      users.add(user);
      if (++before > training) labels.push(label);
      for (const scorer of scorers) scorer.take(parsed.value);
    }
    const outcomes = scorers.map(({ mode, scores, verdicts }) => ({ mode, scores, verdicts, labels }));
    const anomalous = labels.filter(({ length }) => length > 0).length;
    const evaluations = outcomes.map((each) => evaluate(each, flagged));
    return { users: users.size, training, anomalous, rejected, outcomes, evaluations };
  } finally {
    reader.close();
  }
}

/** Where the first part ends must be known before the first transaction is judged: so the whole file is looked at first. */
async function countTransactions(reader: TwiceReader): Promise<{ count: number; rejected: number }> {
  let count = 0;
  let rejected = 0;
  let isLabelled = false;
  for await (const { line, parsed } of reader.read()) {
    if (parsed.ok) {
      count++;
      isLabelled ||= parsed.value.label !== undefined;
    } else if (++rejected <= LISTED) reader.tell(`:${line}: left out: ${parsed.reason}`);
  }
  if (rejected > LISTED) reader.tell(`: ${counted(rejected - LISTED, 'further line')} left out`);
  if (!isLabelled && count > 0) reader.refuse('no transaction has a label, by which the scores could be judged');
  return { count, rejected };
}

function trainingOf(file: string, count: number, share: number): number {
  const training = Math.floor(count * share);
  if (training >= LEAST_TRAINING && training < count) return training;
  throw new UsageError(
    `${file} is too short: its first part must hold at least ${LEAST_TRAINING} transactions to train on, and the rest ` +
      `at least one to score (given ${training} of ${count}; see --train-share)`,
  );
}
