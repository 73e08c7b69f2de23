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

/** Mean, and the interval that the middle 90 % lie in. */
export interface Band {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export const bandShare = 0.9;

/** NaN of nothing. */
export function bandOf(values: readonly number[]): Band {
  const tail = (1 - bandShare) / 2;
  return { mean: mean(values), low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

/** Linear between the two values next to it (R's type 7). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}
