import { ANOMALIES_PREFIX, anomaliesBefore } from '../../core/transactions-cloud/output-objects.ts';
import type { FlaggedOptions } from './flagged-objects.ts';
import { objectsUnder } from './objects-under.ts';

/** Users are judged side by side, and a batch that failed comes again: what arrived before the last may be told after it. */
const LATE_MS = 5 * 60_000;

/**
 * The anomalous transactions by the times of their arrival: JSON lines, each with its newline. What follows is told as it
 * comes, if it is no later than {@link LATE_MS}.
 */
export function anomalyObjects({ output, follow }: Pick<FlaggedOptions, 'output' | 'follow'>): AsyncGenerator<string> {
  return objectsUnder({
    store: output,
    prefix: ANOMALIES_PREFIX,
    ...(follow && { follow }),
    lookAgainFrom: (last) => anomaliesBefore(last, LATE_MS),
  });
}
