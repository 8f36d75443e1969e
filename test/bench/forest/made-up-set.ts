import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../logs/random.ts';

const ROWS = 10_000;
const COLUMNS = 8;
const ANOMALIES = 0.02;

/** Writes a set as {@link readSet} reads it: a cloud in eight dimensions, and anomalies spread thinly over more room. */
export function writeMadeUpSet(folder: string): string {
  const file = join(folder, 'made up.csv');
  const random = new Random(1);
  const names = Array.from({ length: COLUMNS }, (_, column) => `x${column}`);
  const lines = Array.from({ length: ROWS }, () => {
    const isAnomaly = random.chance(ANOMALIES);
    return [...names.map(() => (isAnomaly ? random.between(-3, 3) : normal(random))), isAnomaly ? 1 : 0].join(',');
  });
  writeFileSync(file, `${[[...names, 'label'].join(','), ...lines].join('\n')}\n`);
  return file;
}

/** Nearly: the sum of twelve even numbers. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, () => random.unit()).reduce((sum, number) => sum + number, -6);
}
