import { SIGNALS } from './signals.ts';
import { valueAt } from './value-at.ts';

const KINDS = [...new Set(SIGNALS.map(({ kind }) => kind))];
const KIND_OF_SIGNAL = SIGNALS.map(({ kind }) => KINDS.indexOf(kind));

const strongest = new Float64Array(KINDS.length);

/**
 * One number for what the signals and the forest find, all in nats: it rises with each of them. Signals of one kind tell the same,
 * so that the strongest counts. Over kinds it is a sum of cubes: between a sum (Fisher 1932), in which many things that are a little
 * unusual hide one that is very unusual, and the greatest alone (Tippett 1931).
 */
export function weighEvidence(nats: Float64Array, forest: number): number {
  strongest.fill(0);
  KIND_OF_SIGNAL.forEach((kind, signal) => {
    strongest[kind] = Math.max(valueAt(strongest, kind), valueAt(nats, signal));
  });
  let sum = forest ** 3;
  for (const each of strongest) sum += each ** 3;
  return sum;
}
