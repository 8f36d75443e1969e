const SMALLEST = 4;

/**
 * Hands out blocks of one array whose owner keeps many short lists in it. A list that grows moves to the next larger
 * block, and the one it leaves is given to another list.
 */
export class BlockAllocator {
  /** The places handed out so far: the owner's array must be at least so long. */
  size = 0;
  readonly #free = new Map<number, number[]>();

  /** The start of a block of `capacity` places. */
  allocate(capacity: number): number {
    const reused = this.#free.get(capacity)?.pop();
    if (reused !== undefined) return reused;
    const start = this.size;
    this.size += capacity;
    return start;
  }

  release(start: number, capacity: number): void {
    if (capacity === 0) return;
    const free = this.#free.get(capacity);
    if (free === undefined) this.#free.set(capacity, [start]);
    else free.push(start);
  }
}

/** The capacity that follows: doubled, up to `most`. */
export function nextCapacity(capacity: number, most: number): number {
  return Math.min(Math.max(SMALLEST, capacity * 2), most);
}
