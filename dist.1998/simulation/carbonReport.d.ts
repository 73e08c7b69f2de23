/** The figures of the carbon experiment. Fractions throughout: −0.145 is 14.5 % less. */
import type { RunFigures } from './carbonRun';
export declare const carbonModes: readonly ['tuned', 'held'];
export type CarbonMode = (typeof carbonModes)[number];
export interface CarbonResult {
    readonly curve: string;
    readonly zone: string;
    readonly policy: string;
    readonly mode: CarbonMode;
    /** The target; what came of it is `meanSlowdown`. */
    readonly slowdown: number;
    readonly carbonVsMaxPower: number;
    /** Against the best constant cap at the same `meanSlowdown`. */
    readonly carbonVsStatic: number;
    /** How much of what the oracle saves over that cap at the same `meanSlowdown`; null where that is less than 0.01 % of the carbon. */
    readonly gapClosed: number | null;
    /** What the oracle saves over the cap, of the carbon at maximum power. */
    readonly gap: number;
    readonly meanSlowdown: number;
    readonly p95Slowdown: number;
    readonly runs: number;
}
/** Grams of all runs: as played, at maximum power, and of the best cap and the oracle at equal time. */
export interface Emitted {
    readonly grams: number;
    readonly maxPower: number;
    readonly capped: number;
    readonly oracle: number;
}
export declare function carbonFigures({ grams, maxPower, capped, oracle }: Emitted, runs: readonly RunFigures[]): Pick<CarbonResult, 'carbonVsMaxPower' | 'carbonVsStatic' | 'gapClosed' | 'gap' | 'p95Slowdown' | 'runs'>;
export interface CarbonSummary {
    readonly policy: string;
    readonly mode: CarbonMode;
    readonly slowdown: number;
    /** Curves and zones in which the oracle saves at least 0.3 % over a cap; elsewhere the share of it says nothing. */
    readonly volatile: number;
    /** Means over those; null without any. */
    readonly gapClosed: number | null;
    readonly worstGapClosed: number | null;
    readonly carbonVsStatic: number | null;
    /** Over all: the largest distance of the mean slow-down from its target. */
    readonly worstSlowdownError: number;
}
export interface CarbonReport {
    readonly schemaVersion: 1;
    readonly results: readonly CarbonResult[];
    readonly summary: readonly CarbonSummary[];
}
export declare function summariseCarbon(results: readonly CarbonResult[]): readonly CarbonSummary[];
//# sourceMappingURL=carbonReport.d.ts.map