/** Sums and means over lists. */
export declare function total<Value>(values: readonly Value[], of: (value: Value) => number): number;
/** NaN of nothing. */
export declare function mean(values: readonly number[]): number;
/** Of the mean; 0 for a single value, of whose spread nothing is known. */
export declare function standardError(values: readonly number[]): number;
//# sourceMappingURL=statistics.d.ts.map