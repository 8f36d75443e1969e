import * as fc from 'fast-check';

export interface Rows {
  readonly columns: number;
  readonly rows: Float64Array;
}

const MOST_COLUMNS = 5;

/** Many equal values, so that columns are often constant; tiny and huge ones, so that ranges underflow and overflow. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(-Number.MAX_VALUE, Number.MAX_VALUE, Number.MIN_VALUE, 0, -0) },
);

export const arbitraryRows: fc.Arbitrary<Rows> = fc
  .tuple(fc.integer({ min: 1, max: MOST_COLUMNS }), fc.array(value, { minLength: MOST_COLUMNS, maxLength: 200 }))
  .map(([columns, values]) => {
    return { columns, rows: Float64Array.from(values.slice(0, values.length - (values.length % columns))) };
  });

export const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 32 });
