/** What the two files are joined on, besides the batch size. */
export interface JobKey {
    readonly dataset: string;
    readonly network: string;
    readonly optimizer: string;
}
/** One recorded training run, seen at one validation target. */
export interface TrainRow extends JobKey {
    readonly batchSize: number;
    readonly target: number;
    /** First epoch at which the target was reached; null: never in that run. */
    readonly targetEpoch: number | null;
}
export interface PowerRow extends JobKey {
    readonly batchSize: number;
    readonly powerLimitWatts: number;
    readonly secondsPerEpoch: number;
    readonly averageWatts: number;
}
export declare function parseTrainRows(file: string, text: string): readonly TrainRow[];
export declare function parsePowerRows(file: string, text: string): readonly PowerRow[];
/** A number that lost its last digits still is one: only the missing line end shows. */
export declare function refuseCutOff(file: string, text: string): void;
export interface Cells {
    readonly cells: readonly string[];
    readonly line: number;
}
export declare function cellsOf(file: string, text: string): readonly Cells[];
//# sourceMappingURL=traceRows.d.ts.map