/** A number of a list; 0 beyond its end, where no caller reads. */
export function valueAt(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
