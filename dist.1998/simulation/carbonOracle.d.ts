import { type Ground, type RunFigures } from './carbonRun';
export interface OracleAnswer {
    /** Grams of all runs, with turns between two prices so that the mean slow-down is exact. */
    readonly grams: number;
    readonly meanSlowdown: number;
    /** Those that most runs are of, for their spread. */
    readonly runs: readonly RunFigures[];
}
export declare function oracle(ground: Ground, starts: readonly number[], slowdown: number): OracleAnswer;
/** Some runs at one price and some at the other, so that the hours come to the target. */
export declare function inTurns(slow: readonly RunFigures[], fast: readonly RunFigures[], targetHours: number): OracleAnswer;
//# sourceMappingURL=carbonOracle.d.ts.map