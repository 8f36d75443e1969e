import { counted, withThousands } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { tableLines } from '../terminal/table.ts';
import type { ModeEvaluation } from './evaluation.ts';
import { drawHistogram } from './histogram.ts';
import type { EvaluateRequest } from './request.ts';
import type { Evaluated } from './run-evaluate.ts';

/** What `evaluate` prints for people. */
export function readableEvaluation(evaluated: Evaluated, request: EvaluateRequest): string {
  const { users, training, anomalous, outcomes, evaluations } = evaluated;
  const scored = outcomes[0]?.scores.length ?? 0;
  const sections = [
    [
      `${counted(training + scored, 'transaction')} of ${counted(users, 'user')}: ` +
        `${withThousands(training)} to train on, then ${withThousands(scored)} scored, each before it is learnt;`,
      `${withThousands(anomalous)} of these are anomalous (${percent(anomalous / scored)}).`,
    ],
    tableLines(measureRows(evaluations, request.flagged)),
    tableLines(kindRows(evaluations, request.flagged)),
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** How the scores of normal and of anomalous transactions are spread, for a terminal. */
export function readableHistograms({ outcomes }: Evaluated, paint: Paint): string {
  const lines = outcomes.flatMap(({ mode, scores, labels }) => {
    const normal = scores.filter((_, row) => labels[row]?.length === 0);
    const anomalous = scores.filter((_, row) => labels[row]?.length !== 0);
    return [
      `${mode.padEnd(10)}  normal     ${paint('cyan', drawHistogram(normal))}`,
      `${''.padEnd(10)}  anomalous  ${paint('red', drawHistogram(anomalous))}`,
    ];
  });
  return `\n${paint('dim', 'scores, from 0 on the left to 1 on the right')}\n${lines.join('\n')}\n`;
}

function measureRows(evaluations: readonly ModeEvaluation[], share: number): string[][] {
  const row = (title: string, of: (evaluation: ModeEvaluation) => string): string[] => [title, ...evaluations.map(of)];
  return [
    row('', ({ mode }) => mode),
    row('ROC-AUC', ({ rocAuc }) => figure(rocAuc)),
    row('average precision', ({ averagePrecision }) => figure(averagePrecision)),
    row(`precision at ${percent(share)} flagged`, ({ atShare }) => figure(atShare.precision)),
    row(`recall at ${percent(share)} flagged`, ({ atShare }) => figure(atShare.recall)),
    row('flagged by the detector itself', ({ atThreshold }) => withThousands(atThreshold.flagged)),
    row('precision of these', ({ atThreshold }) => figure(atThreshold.precision)),
    row('recall of these', ({ atThreshold }) => figure(atThreshold.recall)),
  ];
}

function kindRows(evaluations: readonly ModeEvaluation[], share: number): string[][] {
  const kinds = evaluations[0]?.kinds ?? [];
  const rows = kinds.map(({ kind, anomalies }) => [printable(kind), withThousands(anomalies)]);
  for (const { kinds: own } of evaluations) own.forEach(({ recall }, index) => rows[index]?.push(figure(recall)));
  return [
    [`recall at ${percent(share)} flagged, by kind`, 'anomalies', ...evaluations.map(({ mode }) => mode)],
    ...rows,
  ];
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${Number((share * 100).toFixed(2))} %`;
}
