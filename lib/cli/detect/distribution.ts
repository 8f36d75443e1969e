import type { Paint } from '../terminal/paint.ts';

const CELLS = 48;
const LEVELS = '▁▂▃▄▅▆▇█';

export interface Distribution {
  /** What the network paid. */
  readonly amounts: readonly number[];
  readonly limit: number;
  /** What the buyer paid: more than the limit. */
  readonly amount: number;
}

export const DISTRIBUTION_LEGEND = '▂▅█ what the network paid, │ the limit, ● the purchase';

/** A histogram in one line, from 0 on the left to the purchase on the right. */
export function drawDistribution({ amounts, limit, amount }: Distribution, paint: Paint): string {
  const cellOf = (value: number): number => Math.min(CELLS - 1, Math.floor((value / amount) * CELLS));
  const counts = Array.from({ length: CELLS }, () => 0);
  for (const value of amounts) {
    const cell = cellOf(value);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  const limitCell = Math.min(CELLS - 2, cellOf(limit));
  const bars = counts.map((count) =>
    count === 0 ? ' ' : LEVELS.charAt(Math.ceil((count / most) * LEVELS.length) - 1),
  );
  const below = bars.slice(0, limitCell).join('');
  const above = bars.slice(limitCell + 1, -1).join('');
  return paint('cyan', below) + paint('yellow', '│') + paint('cyan', above) + paint('red', '●');
}
