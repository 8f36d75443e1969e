// Engines may differ in the last bits of Math.log and Math.pow; sums, products and quotients are the same everywhere (IEEE 754).

/** So many terms that the next would change nothing. */
const ODD_RECIPROCALS = Array.from({ length: 13 }, (_, term) => 1 / (2 * term + 1)).toReversed();
const POWER_TERMS = 15;

/** The natural logarithm of a number of at least 1, within a few units of the last place. */
export function logarithm(number: number): number {
  let doublings = 0;
  let rest = number;
  for (; rest > Math.SQRT2; rest /= 2) doublings++;
  // ln x = 2 artanh((x - 1) / (x + 1)), a series of odd powers.
  const ratio = (rest - 1) / (rest + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (const reciprocal of ODD_RECIPROCALS) sum = sum * square + reciprocal;
  return doublings * Math.LN2 + 2 * ratio * sum;
}

/** 2 to the power of a number of at most 0, within a few units of the last place. */
export function powerOfTwo(exponent: number): number {
  const whole = Math.round(exponent);
  const rest = (exponent - whole) * Math.LN2;
  let power = 1;
  for (let term = POWER_TERMS; term > 0; term--) power = 1 + (power * rest) / term;
  for (let halving = whole; halving < 0; halving++) power /= 2;
  return power;
}
