interface Point {
  readonly value: number;
  readonly anomaly: boolean;
}

/**
 * The places of the points to draw, at most about `most` of them: of each stretch its lowest and its highest point, as they
 * bound what the eye would see, and every anomaly.
 */
export function downSample(points: readonly Point[], most: number): number[] {
  if (points.length <= most) return points.map((_, index) => index);
  const stretch = (points.length * 2) / most;
  const kept = new Set<number>();
  for (let start = 0; start < points.length; start += stretch) {
    const first = Math.floor(start);
    const end = Math.min(points.length, Math.floor(start + stretch));
    keepExtremes(points, { first, end }, kept);
  }
  return [...kept].toSorted((a, b) => a - b);
}

function keepExtremes(
  points: readonly Point[],
  { first, end }: { first: number; end: number },
  kept: Set<number>,
): void {
  let low = first;
  let high = first;
  for (let index = first; index < end; index++) {
    const value = points[index]?.value ?? 0;
    if (value < (points[low]?.value ?? 0)) low = index;
    if (value > (points[high]?.value ?? 0)) high = index;
    if (points[index]?.anomaly === true) kept.add(index);
  }
  kept.add(low).add(high);
}
