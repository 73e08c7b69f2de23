/** Instants as zone files write them: ISO, with slashes or dots, or seconds since 1970. Without an offset they are UTC. */
/** Which of two short numbers comes first, in a column that writes days as 03/04/2020. */
export type DayOrder = 'dayFirst' | 'monthFirst';
/** Seconds since 1970; null: no instant. */
export declare function secondsAt(text: string, order: DayOrder): number | null;
/** Told by the first number that no month can be; null where a column has both; the American order where none tells. */
export declare function dayOrderOf(column: readonly string[]): DayOrder | null;
//# sourceMappingURL=carbonTimes.d.ts.map