/** Weight, mean and variance of the logarithm of amounts. Held as 32-bit floats, so that saving loses nothing. */
export interface AmountMoments {
  weight: number;
  mean: number;
  variance: number;
}

export function noMoments(): AmountMoments {
  return { weight: 0, mean: 0, variance: 0 };
}

/** Adds one of weight 1: West's update (1979), in variances instead of sums of squares, so that decay touches the weight alone. */
export function addAmount(moments: AmountMoments, logAmount: number): void {
  const weight = moments.weight + 1;
  const difference = logAmount - moments.mean;
  const step = difference / weight;
  moments.variance = Math.fround((moments.weight * (moments.variance + difference * step)) / weight);
  moments.mean = Math.fround(moments.mean + step);
  moments.weight = Math.fround(weight);
}

/** The moments of both together (Chan, Golub & LeVeque 1983). */
export function addMoments(moments: AmountMoments, other: AmountMoments): void {
  const weight = moments.weight + other.weight;
  if (weight === 0) return;
  const share = other.weight / weight;
  const difference = other.mean - moments.mean;
  const within = moments.variance + share * (other.variance - moments.variance);
  moments.variance = Math.fround(within + difference * difference * share * (1 - share));
  moments.mean = Math.fround(moments.mean + difference * share);
  moments.weight = Math.fround(weight);
}
