export interface CarbonSeries {
    readonly zone: string;
    /** The first hour. */
    readonly beginsAt: string;
    /** g/kWh, one for each hour. */
    readonly gramsPerKwh: readonly number[];
    /** Hours that the file lacks, taken from the day before or from their neighbours. */
    readonly filledHours: number;
}
export declare function parseCarbonSeries(file: string, zone: string, text: string): CarbonSeries;
//# sourceMappingURL=carbonSeries.d.ts.map