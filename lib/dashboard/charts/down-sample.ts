interface Point {
  readonly value: number;
  readonly anomaly: boolean;
  readonly alert: boolean;
}

/** From the first place on, up to but without the last. */
interface Stretch {
  readonly first: number;
  readonly end: number;
}

/**
 * The places of the points of a stretch to draw, at most about `most` of them: of each part its lowest and its highest
 * point, as they bound what the eye would see, and every anomaly and alert.
 */
export function downSample(points: readonly Point[], { first, end }: Stretch, most: number): number[] {
  const length = end - first;
  if (length <= most) return Array.from({ length: Math.max(0, length) }, (_, index) => first + index);
  const part = (length * 2) / most;
  const places: number[] = [];
  for (let start = first; start < end; start += part) {
    addExtremes(points, { first: Math.floor(start), end: Math.min(end, Math.floor(start + part)) }, places);
  }
  return places;
}

function addExtremes(points: readonly Point[], { first, end }: Stretch, places: number[]): void {
  let low = first;
  let high = first;
  for (let index = first; index < end; index++) {
    const value = points[index]?.value ?? 0;
    if (value < (points[low]?.value ?? 0)) low = index;
    if (value > (points[high]?.value ?? 0)) high = index;
  }
  for (let index = first; index < end; index++) {
    const point = points[index];
    if (index === low || index === high || point?.anomaly === true || point?.alert === true) places.push(index);
  }
}
