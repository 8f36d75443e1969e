const PAGE_BITS = 18;
const PAGE_SIZE = 1 << PAGE_BITS;
const SMALLEST_CAPACITY = 8;

/**
 * Many short lists of integers in few arrays. A list that grows moves to a larger block, and the one it leaves is given to
 * another list. Pages instead of a single array, which would copy everything each time it grows.
 */
export class PagedBlocks {
  readonly #pages: Int32Array[] = [];
  /** Blocks to be used again, by their capacity. */
  readonly #free = new Map<number, number[]>();
  #end = 0;
  #left = 0;

  /** The array that holds the block at a place, from {@link offsetOf} the place on. */
  pageOf(place: number): Int32Array {
    return this.#pages[place >>> PAGE_BITS]!;
  }

  offsetOf(place: number): number {
    return place & (PAGE_SIZE - 1);
  }

  /** Moves a list to a larger block and returns its new place. A list without capacity has no block to leave. */
  move(place: number, capacity: number, larger: number): number {
    const newPlace = this.#free.get(larger)?.pop() ?? this.#allocate(larger);
    if (capacity === 0) return newPlace;
    const page = this.pageOf(place);
    const newPage = this.pageOf(newPlace);
    const from = this.offsetOf(place);
    const to = this.offsetOf(newPlace);
    for (let at = 0; at < capacity; at++) newPage[to + at] = page[from + at]!;
    const free = this.#free.get(capacity);
    if (free === undefined) this.#free.set(capacity, [place]);
    else free.push(place);
    return newPlace;
  }

  #allocate(capacity: number): number {
    if (capacity > this.#left) this.#addPages(Math.ceil(capacity / PAGE_SIZE));
    const place = this.#end;
    this.#end += capacity;
    this.#left -= capacity;
    return place;
  }

  /** A block larger than a page takes several in one array, of which it sees the whole from its first page. */
  #addPages(count: number): void {
    this.#end = this.#pages.length * PAGE_SIZE;
    this.#left = count * PAGE_SIZE;
    const pages = new Int32Array(this.#left);
    this.#pages.push(pages);
    for (let page = 1; page < count; page++) this.#pages.push(pages.subarray(page * PAGE_SIZE));
  }
}

/** The capacity that a list grows to from a smaller one. */
export function nextCapacity(capacity: number): number {
  return Math.max(SMALLEST_CAPACITY, capacity * 2);
}
