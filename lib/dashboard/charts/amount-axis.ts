export interface AmountAxis {
  /** Where an amount is, in pixels. */
  readonly place: (amount: number) => number;
  /** Where the axis is broken; undefined if it is not. */
  readonly gap: number | undefined;
}

interface AmountAxisOptions {
  /** The largest of the amounts that must be told apart. */
  readonly usual: number;
  /** The one beside them, which may be far larger. */
  readonly marked: number;
  /** In pixels. */
  readonly left: number;
  readonly right: number;
}

// Beyond this, a single large amount would press all others together.
const MOST_TIMES = 2.2;
const SHARE_BEFORE_GAP = 0.74;
const SHARE_OF_MARKED = 0.9;

/** A line of amounts from 0 on, which is broken in front of an amount that is far larger than all others. */
export function amountAxis({ usual, marked, left, right }: AmountAxisOptions): AmountAxis {
  const width = right - left;
  const most = Math.max(usual, marked, Number.EPSILON);
  if (marked <= usual * MOST_TIMES || usual <= 0) {
    return { place: (amount) => left + (Math.max(0, amount) / (most * 1.06)) * width, gap: undefined };
  }
  const gap = left + SHARE_BEFORE_GAP * width;
  const end = left + SHARE_OF_MARKED * width;
  const place = (amount: number): number => {
    if (amount <= usual) return left + (Math.max(0, amount) / (usual * 1.06)) * (gap - left);
    return Math.min(right, gap + ((amount - usual) / (marked - usual)) * (end - gap));
  };
  return { place, gap };
}
