import { SIGNALS } from './signals.ts';
import type { Features } from './features.ts';
import { valueAt } from './value-at.ts';

/** Without a model: what a transaction comes to by its user's own history, in nats. */
export interface ProfileEvidence {
  /** Of each signal, in the order of their table; 0 for those that only a model can judge. */
  readonly signals: Float64Array;
  readonly total: number;
}

const JUDGED = SIGNALS.flatMap(({ unit }, index) => (unit === 'nats' ? [index] : []));
/** One less than there are: an amount cannot be both above and below what is usual. */
const INDEPENDENT = JUDGED.length - 1;

/**
 * Weighs the signals as tail probabilities of independent tests: by their product (Fisher 1932), which finds what is a little
 * unusual in many ways, or the least of them (Tippett 1931), which finds what is very unusual in one; whichever finds more.
 */
export function weighByProfile({ measures }: Features): ProfileEvidence {
  const signals = new Float64Array(SIGNALS.length);
  let sum = 0;
  let greatest = 0;
  for (const index of JUDGED) {
    const nats = Math.max(0, valueAt(measures, index));
    signals[index] = nats;
    sum += nats;
    greatest = Math.max(greatest, nats);
  }
  return { signals, total: Math.max(0, fisher(sum), greatest - Math.log(INDEPENDENT)) };
}

/** -ln of how likely a sum of so many exponential surprises is to be as high: the tail of an Erlang distribution. */
function fisher(sum: number): number {
  let term = 1;
  let series = 1;
  for (let power = 1; power < INDEPENDENT; power++) {
    term *= sum / power;
    series += term;
  }
  return sum - Math.log(series);
}
