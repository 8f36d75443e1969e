import type { ModelDescription } from '../../adapters/transactions/model-store.ts';
import type { ModeQuality, TrainingEvaluation } from '../../core/transactions/evaluate-training.ts';
import type { TrainingReport } from '../../core/transactions/model.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { counted, withThousands } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { tableLines } from '../terminal/table.ts';
import { EXIT_CODES } from '../usage-error.ts';

/** As the function `train` gives it, see functions/train/train.ts. */
type Trained =
  | ({ readonly outcome: 'trained'; readonly leftOut: number } & ModelDescription)
  | {
      readonly outcome: 'too few';
      readonly transactions: number;
      readonly needed: number;
      readonly leftOut: number;
    };

/** Has a model trained, and prints what came of it; gives the exit code. */
export async function runTrain({ json }: { json: boolean }, system: System, host: Host): Promise<number> {
  const trained = (await system.train()) as Trained;
  await print(host.stdout, json ? `${JSON.stringify(trained)}\n` : forPeople(trained));
  return trained.outcome === 'trained' ? EXIT_CODES.done : EXIT_CODES.unexpected;
}

function forPeople(trained: Trained): string {
  const { leftOut } = trained;
  const others = leftOut === 0 ? [] : [`${counted(leftOut, 'transaction')} of another version of Flagstone left out.`];
  const lines = trained.outcome === 'too few' ? [tooFew(trained)] : toldOf(trained);
  return [...lines, ...others].map((line) => `${line}\n`).join('');
}

function tooFew({ transactions, needed }: { transactions: number; needed: number }): string {
  return `No model is trained: ${counted(transactions, 'transaction')} stored, and it takes ${needed}. Until then the users' habits decide alone.`;
}

function toldOf({ version, bytes, report, evaluation }: ModelDescription): string[] {
  return [
    `The model ${version} is trained; running functions judge by it within half a minute.`,
    ...reportRows(report, bytes).map(([name, value]) => `  ${name.padEnd(10)}  ${value}`),
    ...(evaluation === undefined ? [] : evaluationLines(evaluation)),
  ];
}

function reportRows(
  { transactions, users, earliest, latest, contamination, seed }: TrainingReport,
  bytes: number,
): [string, string][] {
  return [
    ['trained on', `${counted(transactions, 'transaction')} of ${counted(users, 'user')}`],
    ['from', formatTimestamp(earliest)],
    ['to', formatTimestamp(latest)],
    ['flags', `${percent(contamination)} of such transactions`],
    ['seed', String(seed)],
    ['size', counted(bytes, 'byte')],
  ];
}

function evaluationLines({ trained, heldOut, labelled, anomalies, modes }: TrainingEvaluation): string[] {
  const labels =
    labelled === 0
      ? 'none labelled'
      : `${withThousands(labelled)} labelled, ${withThousands(anomalies)} of these anomalous`;
  const rows = Object.entries(modes).map(([mode, quality]) => qualityRow(mode, quality));
  const table = tableLines([['mode', 'flagged', 'ROC-AUC', 'average precision', 'recall at 5 %'], ...rows]);
  return [
    `A model of the first ${withThousands(trained)} alone, tried on the latest ${withThousands(heldOut)} (${labels}):`,
    ...table.map((line) => `  ${line}`),
  ];
}

function qualityRow(mode: string, { flagged, quality }: ModeQuality): string[] {
  if (quality === undefined) return [mode, percent(flagged), '-', '-', '-'];
  const { rocAuc, averagePrecision, recallAtFivePercent } = quality;
  return [mode, percent(flagged), fixed(rocAuc), fixed(averagePrecision), percent(recallAtFivePercent)];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}
