interface Placed {
  readonly position: number;
}

interface Joined<Point> {
  readonly all: readonly Point[];
  readonly added: readonly Point[];
}

/** Points with later ones behind them, each once, in order; at most so many of the newest. */
export function joined<Point extends Placed>(
  points: readonly Point[],
  later: readonly Point[],
  most: number,
): Joined<Point> {
  let last = points.at(-1)?.position ?? -1;
  const added = later
    .toSorted((a, b) => a.position - b.position)
    .filter(({ position }) => {
      if (position <= last) return false;
      last = position;
      return true;
    });
  return { all: added.length === 0 ? points : [...points, ...added].slice(-most), added };
}
