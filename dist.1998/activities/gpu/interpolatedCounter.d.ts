export interface InterpolatedCounter {
    /** Joules at a moment after the counter's first move here; waits for the move after that moment. */
    joulesAt(seconds: number): Promise<number>;
    stop(): void;
}
export interface InterpolationOptions {
    readonly pollSeconds?: number;
    /** How long a counter may stand still before its value is taken as it is. */
    readonly patienceSeconds?: number;
    /** How long moments can be asked for after they passed. */
    readonly memorySeconds?: number;
    readonly nowSeconds?: () => number;
}
/** When the counter was first seen at a value. */
export interface Tick {
    readonly atSeconds: number;
    readonly joules: number;
}
export declare function createInterpolatedCounter(readJoules: () => Promise<number>, { pollSeconds, patienceSeconds, memorySeconds, nowSeconds, }?: InterpolationOptions): InterpolatedCounter;
/** On the line between the ticks around a moment; the last value after them all, undefined before. */
export declare function interpolate(ticks: readonly Tick[], seconds: number): number | undefined;
//# sourceMappingURL=interpolatedCounter.d.ts.map