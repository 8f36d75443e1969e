import type { Random } from './random.ts';

export interface Population {
  /** Row-major. */
  readonly rows: Float64Array;
  readonly columns: number;
  /** The indices of all rows in any order; drawing leaves them in another. */
  readonly order: Int32Array;
  readonly random: Random;
}

/** Fills the sample with rows drawn without replacement, each subset as likely as the others. */
export function drawSample({ rows, columns, order, random }: Population, sample: Float64Array): void {
  const size = sample.length / columns;
  for (let drawn = 0; drawn < size; drawn++) {
    const at = drawn + random.below(order.length - drawn);
    const row = order[at]!;
    order[at] = order[drawn]!;
    order[drawn] = row;
    for (let column = 0; column < columns; column++) {
      sample[drawn * columns + column] = rows[row * columns + column]!;
    }
  }
}
