/** FLAGSTONE_RUNS=100 looks a hundred times longer: for a soak, not for every day. */
const SOAK = Number(process.env['FLAGSTONE_RUNS'] ?? 1);

const SEED = 20_261_121;

/** How long fast-check looks for a counterexample, the same way each time. */
export function seeded(runs: number): { seed: number; numRuns: number } {
  return { seed: SEED, numRuns: Math.ceil(runs * SOAK) };
}

/** The seeds of a loop that makes its own random networks. */
export function seeds(count: number): number[] {
  return Array.from({ length: Math.ceil(count * SOAK) }, (_, index) => SEED + index);
}
