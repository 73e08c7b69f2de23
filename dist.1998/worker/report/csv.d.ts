import type { ReportedRun } from './runs';
type Cell = string | number | null;
export declare function csvOf(runs: readonly ReportedRun[]): string;
/**
 * Spreadsheets take text that begins with one of these for a formula, which could call a program; an apostrophe makes it text again
 * (OWASP, CSV injection). Numbers are left as they are.
 */
export declare function csvCell(value: Cell): string;
export {};
//# sourceMappingURL=csv.d.ts.map