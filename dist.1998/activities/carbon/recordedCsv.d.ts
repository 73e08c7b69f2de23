export interface Row {
    readonly atSeconds: number;
    readonly value: number;
}
export interface Columns {
    /** By their titles; found by what stands in them unless given. */
    readonly time?: string | undefined;
    readonly value?: string | undefined;
}
/** In order of time. Rows without a value are left out; of two for the same instant the later one counts. */
export declare function parseRecording(file: string, text: string, columns?: Columns): readonly Row[];
/** UTC where no zone is told. ISO 8601 in its variants, `MM/DD/YYYY hh:mm:ss` as CarbonCast writes it, Unix seconds. */
export declare function secondsIn(text: string): number | undefined;
//# sourceMappingURL=recordedCsv.d.ts.map