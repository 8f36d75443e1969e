const PAGE_BITS = 18;
const PAGE_SIZE = 1 << PAGE_BITS;
const SMALLEST_CAPACITY = 8;
/** Larger steps than doubling leave fewer blocks behind: half the copying, three quarters of the memory. */
const GROWTH = 3;

/**
 * Many short lists of numbers in few arrays. A list that grows moves to a larger block, and the one it leaves is given to
 * another list. Pages instead of a single array, which would copy everything each time it grows.
 */
export class PagedBlocks<Page extends Int32Array | Float64Array> {
  readonly #newPage: (length: number) => Page;
  readonly #pages: Page[] = [];
  readonly #free = new Map<number, number[]>();
  #end = 0;
  #left = 0;

  constructor(newPage: (length: number) => Page) {
    this.#newPage = newPage;
  }

  /** The array that holds the block at a place, from {@link offsetOf} the place on. */
  pageOf(place: number): Page {
    return this.#pages[place >>> PAGE_BITS]!;
  }

  offsetOf(place: number): number {
    return place & (PAGE_SIZE - 1);
  }

  /** Moves a list to a larger block and returns its new place. A list of size 0 has no block to leave. */
  move(place: number, size: number, larger: number): number {
    const newPlace = this.#free.get(larger)?.pop() ?? this.#allocate(larger);
    if (size === 0) return newPlace;
    const page = this.pageOf(place);
    const newPage = this.pageOf(newPlace);
    const from = this.offsetOf(place);
    const to = this.offsetOf(newPlace);
    for (let at = 0; at < size; at++) newPage[to + at] = page[from + at]!;
    const free = this.#free.get(size);
    if (free === undefined) this.#free.set(size, [place]);
    else free.push(place);
    return newPlace;
  }

  #allocate(size: number): number {
    if (size > this.#left) this.#addPages(Math.ceil(size / PAGE_SIZE));
    const place = this.#end;
    this.#end += size;
    this.#left -= size;
    return place;
  }

  /** A block larger than a page takes several in one array, of which it sees the whole from its first page. */
  #addPages(count: number): void {
    this.#end = this.#pages.length * PAGE_SIZE;
    this.#left = count * PAGE_SIZE;
    const pages = this.#newPage(this.#left);
    this.#pages.push(pages);
    for (let page = 1; page < count; page++) this.#pages.push(pages.subarray(page * PAGE_SIZE) as Page);
  }
}

/** The capacity that follows, up to `most`. */
export function nextCapacity(capacity: number, most: number): number {
  return Math.min(Math.max(SMALLEST_CAPACITY, capacity * GROWTH), most);
}
