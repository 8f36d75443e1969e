import { findLatest } from './latest-purchases';
import { ruleOnList, USUAL } from './rule';

/** Judges a purchase: the list holds what it is judged against, unless the verdict is that it is usual. */
export function judge(user: u32, high: f64, low: f64): i32 {
  return findLatest(user, high, low) ? ruleOnList(high, low) : USUAL;
}
