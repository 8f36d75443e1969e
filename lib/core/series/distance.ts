/** What doubles that were computed in different ways differ by although they mean the same: a distance of less is none. */
const RESOLUTION = 1e-12;

/** What a distance from a window without any spread is taken for: no rate is greater. */
export const FARTHEST = 1e6;

export function distanceBetween(value: number, other: number): number {
  const distance = Math.abs(value - other);
  return distance <= resolutionAt(value, other) ? 0 : distance;
}

/** The distance of a value from the centre of others, in units of their spread. */
export function distanceInUnitsOf(spread: number, value: number, centre: number): number {
  const distance = distanceBetween(value, centre);
  return distance === 0 ? 0 : Math.min(FARTHEST, distance / Math.max(spread, resolutionAt(value, centre)));
}

function resolutionAt(value: number, other: number): number {
  return RESOLUTION * Math.max(Math.abs(value), Math.abs(other));
}
