import type { Cells } from './traceRows';
export interface CarbonColumns {
    readonly time: number;
    readonly value: number;
}
export declare function columnsOf(file: string, header: readonly string[], records: readonly Cells[]): CarbonColumns;
//# sourceMappingURL=carbonColumns.d.ts.map