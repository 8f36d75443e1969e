export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const LARGEST = 5;
const SMALLEST = 1;

/**
 * Dots at the given places, on top of each other where they would touch; as large as the height allows. Where not even
 * the smallest fit, the highest cover each other.
 */
export function stackedDots(places: readonly number[], height: number): Dot[] {
  for (let radius = LARGEST; radius > SMALLEST; radius -= 0.5) {
    const dots = stack(places, radius);
    if (dots.every(({ y }) => y + radius <= height)) return dots;
  }
  return stack(places, SMALLEST).map(({ x, y, radius }) => ({ x, y: Math.min(y, height - SMALLEST), radius }));
}

function stack(places: readonly number[], radius: number): Dot[] {
  const levels = new Map<number, number>();
  return places.map((place) => {
    const column = Math.round(place / (2 * radius));
    const level = levels.get(column) ?? 0;
    levels.set(column, level + 1);
    return { x: column * 2 * radius, y: radius + level * 2 * radius, radius };
  });
}
