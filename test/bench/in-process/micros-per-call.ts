import { median } from '../median.ts';

const ROUNDS = 7;
const ROUND_MS = 150;
/** Looking at the clock costs as much as a small call. */
const CALLS_PER_LOOK = 8;

/**
 * What a call costs on average over the inputs, in microseconds: the median of several rounds, the first of which
 * (in which the compiler is at work) does not count. A round goes on where the last one stopped, so that caches stay cold.
 */
export function microsPerCall<Input>(inputs: readonly Input[], call: (input: Input) => unknown): number {
  const supply = cycle(inputs);
  const rounds = Array.from({ length: ROUNDS + 1 }, () => oneRound(supply, call));
  return median(rounds.slice(1));
}

function oneRound<Input>(supply: Generator<readonly Input[], never>, call: (input: Input) => unknown): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    const inputs = supply.next().value;
    for (const input of inputs) call(input);
    calls += inputs.length;
    elapsed = performance.now() - start;
  }
  return (elapsed * 1000) / calls;
}

function* cycle<Input>(inputs: readonly Input[]): Generator<readonly Input[], never> {
  for (let at = 0; ; at = at + CALLS_PER_LOOK < inputs.length ? at + CALLS_PER_LOOK : 0) {
    yield inputs.slice(at, at + CALLS_PER_LOOK);
  }
}
