const MOST_EDITS = 3;

/** The one of the names that the given one was probably meant to be. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const limit = Math.min(MOST_EDITS, Math.floor(given.length / 2));
  let nearest: string | undefined;
  let fewest = limit + 1;
  for (const name of names) {
    const edits = name.startsWith(given) && given !== '' ? 0 : editDistance(given, name);
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

/** Levenshtein: letters to add, take away or exchange. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 0; row < from.length; row++) {
    const current = [row + 1];
    for (let column = 0; column < to.length; column++) {
      const exchanged = (above[column] ?? 0) + (from[row] === to[column] ? 0 : 1);
      current.push(Math.min(exchanged, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
