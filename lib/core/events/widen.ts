/** A typed array with at least `length` elements that starts with the old one's: the old one itself where it is long enough. */
export function widen<Column extends TypedColumn>(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const TypedArray = column.constructor as new (length: number) => Column;
  const wider = new TypedArray(Math.max(length, column.length * 2));
  wider.set(column);
  return wider;
}

type TypedColumn = Uint8Array | Int32Array | Uint32Array | Float64Array;
