/** Sums and means over lists. */

export function total<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}

/** NaN of nothing. */
export function mean(values: readonly number[]): number {
  return total(values, Number) / values.length;
}

/** Of ratios, which a mean would weigh by how they were turned round. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

/** Of the mean; 0 for a single value, of whose spread nothing is known. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const variance = total(values, (value) => (value - centre) ** 2) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
