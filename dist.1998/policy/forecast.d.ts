/**
 * The next hours of a signal from its own past: a mean for each hour of the day, and how far the latest reading was from its own,
 * which fades. Knows no weather, so a day ahead it is little better than yesterday.
 */
/** Mean of the time in between; carbon intensity in g/kWh, or a price. */
export interface SignalReading {
    readonly validFromAt: string;
    readonly validToAt: string;
    readonly value: number;
}
export interface Forecaster {
    /** By hour of the day, UTC; null: nothing seen of that hour. */
    readonly hourMeans: readonly (number | null)[];
    /** Null before the first reading. */
    readonly last: LastReading | null;
    /** No forecast is below it; null where values may be negative, as prices. */
    readonly least: number | null;
}
export interface LastReading {
    readonly value: number;
    /** From the mean of its hour as it was before, and how much that changed since the reading before. */
    readonly deviation: number;
    readonly change: number;
    /** Its middle and its end, in seconds since 1970. */
    readonly middleSeconds: number;
    readonly endSeconds: number;
}
/** 1 g/kWh is less than any grid has. */
export declare function beginForecaster(least?: number | null): Forecaster;
/** Readings of 5 to 60 minutes, in their order; one that does not end after the latest says nothing new. */
export declare function observe(state: Forecaster, { validFromAt, validToAt, value }: SignalReading): Forecaster;
/** The value so many hours after the middle of the latest reading; null before the first. */
export declare function forecast({ hourMeans, last, least }: Forecaster, leadHours: number): number | null;
//# sourceMappingURL=forecast.d.ts.map