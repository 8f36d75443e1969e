interface Placed {
  readonly position: number;
}

interface Joined<Point> {
  readonly all: readonly Point[];
  readonly added: readonly Point[];
}

/**
 * Points with new ones, each once, in order; at most so many of the newest. New ones mostly follow, but each comes by a call of
 * its own, and one may overtake another.
 */
export function joined<Point extends Placed>(
  points: readonly Point[],
  arrived: readonly Point[],
  most: number,
): Joined<Point> {
  const first = points[0]?.position ?? -1;
  const last = points.at(-1)?.position ?? -1;
  const known = arrived.some(({ position }) => position <= last) ? new Set(points.map(placeOf)) : new Set<number>();
  const added = arrived
    .filter(({ position }) => {
      const isNew = position > first && !known.has(position);
      known.add(position);
      return isNew;
    })
    .toSorted(byPosition);
  if (added.length === 0) return { all: points, added };
  const all = [...points, ...added];
  const isInOrder = added.every(({ position }) => position > last);
  return { all: (isInOrder ? all : all.toSorted(byPosition)).slice(-most), added };
}

function placeOf({ position }: Placed): number {
  return position;
}

function byPosition(one: Placed, other: Placed): number {
  return one.position - other.position;
}
