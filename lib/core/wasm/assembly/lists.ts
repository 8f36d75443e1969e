/** Lists of numbers in memory. */

export const WORD_BITS: i32 = 2;

export function wordAt(list: usize, index: u32): u32 {
  return load<u32>(list + ((<usize>index) << WORD_BITS));
}

export function setWord(list: usize, index: u32, value: u32): void {
  store<u32>(list + ((<usize>index) << WORD_BITS), value);
}

export function doubleAt(list: usize, index: u32): f64 {
  return load<f64>(list + ((<usize>index) << 3));
}

export function setDouble(list: usize, index: u32, value: f64): void {
  store<f64>(list + ((<usize>index) << 3), value);
}

const fetched: usize = memory.data(8);

/** Takes a sum of what was only read to have it brought into the cache, lest the compiler find the reading useless. */
export function prefetch(sum: u32): void {
  store<u32>(fetched, sum);
}
