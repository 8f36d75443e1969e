interface Sortable {
  readonly amount: string;
  readonly anomaly_score: number;
}

const KEYS: Readonly<Record<string, (item: Sortable) => number>> = {
  amount: ({ amount }) => Number(amount),
  score: ({ anomaly_score }) => anomaly_score,
};

/** The items in an order such as `-amount`, the largest first; the API sorts each page only in itself. */
export function sortedBy<Item extends Sortable>(items: readonly Item[], sort = '-timestamp'): readonly Item[] {
  const key = KEYS[sort.replace('-', '')];
  if (key === undefined) return items;
  const sign = sort.startsWith('-') ? -1 : 1;
  return items.toSorted((a, b) => sign * (key(a) - key(b)));
}
