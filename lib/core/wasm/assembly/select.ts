import { doubleAt, setDouble } from './lists';

/** Of the first `count` doubles at a place the one that has `rank − 1` larger ones or equals; rearranges them (Hoare's Find, 1961). */
export function largest(values: usize, count: u32, rank: u32): f64 {
  const wanted: i32 = rank - 1;
  let first: i32 = 0;
  let last: i32 = count - 1;
  while (first < last) {
    const pivot = middle(doubleAt(values, first), doubleAt(values, (first + last) >> 1), doubleAt(values, last));
    let left = first;
    let right = last;
    while (left <= right) {
      while (doubleAt(values, left) > pivot) left++;
      while (doubleAt(values, right) < pivot) right--;
      if (left > right) break;
      const value = doubleAt(values, left);
      setDouble(values, left++, doubleAt(values, right));
      setDouble(values, right--, value);
    }
    if (wanted <= right) last = right;
    else if (wanted >= left) first = left;
    else break;
  }
  return doubleAt(values, wanted);
}

function middle(one: f64, other: f64, third: f64): f64 {
  return max(min(one, other), min(max(one, other), third));
}
