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

/** Finds out what is missing among points that come one by one: any of them can be lost, or come late. */
export class Completeness {
  /** Up to here nothing is missing, or what is, is nowhere. */
  #whole = -1;

  /** The place behind which points are missing; undefined if none are. */
  missingAfter(points: readonly Placed[]): number | undefined {
    const index = this.#lastOfWhole(points);
    this.#whole = points[index]?.position ?? -1;
    return index < points.length - 1 ? this.#whole : undefined;
  }

  /** To be told when what is missing has been asked for, and is nowhere. */
  giveUp(points: readonly Placed[]): void {
    this.#whole = points[this.#lastOfWhole(points) + 1]?.position ?? this.#whole;
  }

  #lastOfWhole(points: readonly Placed[]): number {
    let index = Math.max(0, firstFrom(points, this.#whole));
    while (index + 1 < points.length && placeAt(points, index + 1) === placeAt(points, index) + 1) index++;
    return index;
  }
}

/** The index of the first point that is at a place or behind it. */
function firstFrom(points: readonly Placed[], place: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeAt(points, middle) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeAt(points: readonly Placed[], index: number): number {
  return points[index]?.position ?? Infinity;
}

function placeOf({ position }: Placed): number {
  return position;
}

function byPosition(one: Placed, other: Placed): number {
  return one.position - other.position;
}
