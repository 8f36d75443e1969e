const CELLS = 56;
const LEVELS = '▁▂▃▄▅▆▇█';

/** How scores are spread from 0 on the left to 1 on the right: a line for each group, as high as its fullest cell. */
export function drawHistogram(scores: readonly number[]): string {
  const counts = Array.from({ length: CELLS }, () => 0);
  for (const score of scores) {
    const cell = Math.min(CELLS - 1, Math.floor(score * CELLS));
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  return counts
    .map((count) => (count === 0 ? ' ' : LEVELS.charAt(Math.ceil((count / most) * LEVELS.length) - 1)))
    .join('');
}
