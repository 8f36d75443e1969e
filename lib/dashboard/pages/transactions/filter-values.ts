/** What transactions can be filtered and sorted by; in the page's address under the names that the API has for them. */
export const FILTERS = [
  'severity',
  'user',
  'category',
  'location',
  'method',
  'min_amount',
  'max_amount',
  'from',
  'to',
  'sort',
] as const;

export type FilterName = (typeof FILTERS)[number];

export type FilterValues = { readonly [Name in FilterName | 'show']?: string | undefined };

/** No filters; what is shown, and its order, stay. */
export const NO_FILTERS = Object.fromEntries(
  FILTERS.filter((name) => name !== 'sort').map((name) => [name, undefined]),
) as FilterValues;

/** How many filters are set; the order is none. */
export function countFilters(values: FilterValues): number {
  return FILTERS.filter((name) => name !== 'sort' && (values[name] ?? '') !== '').length;
}
