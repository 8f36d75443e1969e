interface Point {
  readonly position: number;
  readonly time: number;
}

const POINTS_AROUND = 60;
// As in the chart: of September 2001 in milliseconds.
const EARLIEST_TIME = 1e12;

/** From when to when to look at a point with its neighbours, in the unit of the chart's times. */
export function aroundPoint(points: readonly Point[], position: number): readonly [number, number] {
  const place = points.findIndex((point) => point.position === position);
  const around = points.slice(Math.max(0, place - POINTS_AROUND), place + POINTS_AROUND + 1).map(({ time }) => time);
  const unit = (points[0]?.time ?? 0) > EARLIEST_TIME ? 1000 : 1;
  return [Math.min(...around) / unit, Math.max(...around) / unit];
}
