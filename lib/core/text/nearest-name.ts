import { distance } from 'fastest-levenshtein';

const MOST_EDITS = 3;

/** The one of the names that the given one was probably meant to be. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const limit = Math.min(MOST_EDITS, Math.floor(given.length / 2));
  let nearest: string | undefined;
  let fewest = limit + 1;
  for (const name of names) {
    const edits = name.startsWith(given) && given !== '' ? 0 : distance(given, name);
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = name;
  }
  return nearest;
}

/** ` (did you mean X?)` where a name is near enough, else nothing. */
export function suggestion(given: string, names: readonly string[], prefix = ''): string {
  const nearest = nearestName(given, names);
  return nearest === undefined ? '' : ` (did you mean ${prefix}${nearest}?)`;
}
