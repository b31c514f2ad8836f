/** The middle of several rounds, and how a cost grows. */

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length >> 1;
  const [low = Number.NaN, high = Number.NaN] =
    ascending.length % 2 === 1 ? [ascending[middle], ascending[middle]] : ascending.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}

/** At most a share of the values lies above it: 0.99 for the 99th percentile. */
export function percentile(values: readonly number[], share: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;
}

/** The exponent with which `y` grows in `x`: the slope of the straight line through the points on logarithmic scales. */
export function growthExponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (at: 0 | 1): number => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
