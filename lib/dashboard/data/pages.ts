/** A list that is loaded page by page, newest first, while new items arrive. */
export interface PagesHeld<Item> {
  readonly state: 'loading' | 'failed' | 'ready';
  readonly error?: Error | undefined;
  readonly items: readonly Item[];
  /** New ones that are not shown yet, as somebody is reading further down. */
  readonly waiting: readonly Item[];
  readonly cursor?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string | undefined;
}

export type IdOf<Item> = (item: Item) => string;

export const NO_PAGES = { state: 'loading', items: [], waiting: [] } as const;

/** With the next page behind. */
export function withNext<Item>(held: PagesHeld<Item>, page: Page<Item>, idOf: IdOf<Item>): PagesHeld<Item> {
  const known = new Set(held.items.map(idOf));
  const further = page.items.filter((item) => !known.has(idOf(item)));
  return { ...held, state: 'ready', error: undefined, items: [...held.items, ...further], cursor: page.cursor };
}

/**
 * With the first page as it is now: it replaces what is known of its items, and what is older stays behind it. If the page
 * does not reach down to what is known, there is a gap, and the list begins anew.
 */
export function withFirst<Item>(held: PagesHeld<Item>, page: Page<Item>, idOf: IdOf<Item>): PagesHeld<Item> {
  const fresh = new Set(page.items.map(idOf));
  const older = held.items.filter((item) => !fresh.has(idOf(item)));
  const reachesDown = older.length < held.items.length;
  if (!reachesDown || page.cursor === undefined) return { state: 'ready', waiting: [], ...page };
  return { ...held, state: 'ready', error: undefined, items: [...page.items, ...older], waiting: [] };
}

/** With new items in front, or waiting to be asked for. */
export function withArrived<Item>(
  held: PagesHeld<Item>,
  { items, wait }: { readonly items: readonly Item[]; readonly wait: boolean },
  idOf: IdOf<Item>,
): PagesHeld<Item> {
  const known = new Set([...held.items, ...held.waiting].map(idOf));
  const added = items.filter((item) => !known.has(idOf(item)));
  if (added.length === 0) return held;
  const waiting = [...added, ...held.waiting];
  return wait ? { ...held, waiting } : { ...held, items: [...waiting, ...held.items], waiting: [] };
}
