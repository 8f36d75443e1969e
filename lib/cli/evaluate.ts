import type { Command } from './command.ts';
import { EVALUATE_ARGUMENTS, EVALUATE_OPTIONS } from './evaluate/options.ts';
import { readRequest } from './evaluate/request.ts';
import { parseOptions } from './options.ts';
import { EXIT_CODES } from './usage-error.ts';

export const evaluate: Command = {
  usage: 'flagstone evaluate FILE [OPTIONS]',
  description:
    'Tells how well the transaction detector finds the anomalies of a file whose transactions have labels. The model is\n' +
    "trained on the first part; then each transaction is scored before its user's profile learns it, as on the stream.",
  arguments: EVALUATE_ARGUMENTS,
  options: EVALUATE_OPTIONS,
  notes: {
    Labels: [
      'The field label holds the kinds of anomaly, [] for none, or 0, 1, true or false. No detector reads it.',
      'A CSV file names its columns in the first line: transaction_id, timestamp, user_id, amount, merchant_category,',
      'payment_method, location; also merchant, device; and label or is_fraud.',
    ],
    Measures: [
      'ROC-AUC            the probability that an anomaly scores higher than a normal transaction',
      'average precision  the mean of the precisions at each threshold, weighted by the recall gained there',
      'recall             the share of the anomalies that is flagged',
    ],
  },
  examples: [
    'flagstone produce --count=50000 --seed=7 --out=transactions.json.gz',
    'flagstone evaluate transactions.json.gz',
    'flagstone evaluate past.csv --mode=enhanced --flagged=0.01 --json',
  ],
  read(args) {
    const request = readRequest(parseOptions(EVALUATE_OPTIONS, args, EVALUATE_ARGUMENTS));
    return async (host) => {
      const { runEvaluate } = await import('./evaluate/run-evaluate.ts');
      await runEvaluate(request, host);
      return EXIT_CODES.done;
    };
  },
};
