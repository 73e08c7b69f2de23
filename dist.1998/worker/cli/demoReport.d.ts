/** What the demonstration says: a line for each recurrence, and what came of all. */
import type { FixedChoice } from '../../simulation/references';
import type { Ledger, Slot } from '../../workflows/messages';
import type { DemoJob } from './demoJob';
import { type Style } from './text';
/** One slot that ended, and how much energy all so far took against the default. */
export interface SlotLine {
    readonly slot: string;
    readonly batchSizes: readonly number[];
    readonly powerLimitWatts: number | null;
    readonly mode: string;
    readonly reason: string;
    readonly seconds: number;
    readonly joules: number;
    readonly energyVsDefault: number;
    /** Of the slot's hour; null where nobody knew. */
    readonly gramsPerKwh: number | null;
    /** The weight that batch size and limit were chosen under. */
    readonly eta: number | null;
    readonly grams: number | null;
}
export declare const slotHeading: string;
export declare function slotLine(line: SlotLine, width: number): string;
/** Adds up slot by slot. `before`: what the slots that the ledger has forgotten took. */
export declare function createSums({ untouched }: DemoJob, before: {
    readonly joules: number;
    readonly slots: number;
}): (slot: Slot) => SlotLine;
export interface DemoReport {
    readonly job: string;
    readonly recurrences: number;
    /** Means over all recurrences. */
    readonly wattbandit: Bill;
    /** Expected of one recurrence. */
    readonly untouched: FixedChoice;
    readonly oracle: FixedChoice;
    readonly settledOn: {
        readonly batchSize: number;
        readonly powerLimitWatts: number | null;
    } | null;
    /** Over the slots that the ledger still has; the default's in the same hours. Null where no intensity was known. */
    readonly emissions: {
        readonly grams: number;
        readonly untouchedGrams: number;
    } | null;
    readonly totals: Ledger['totals'];
}
interface Bill {
    readonly joules: number;
    readonly seconds: number;
    readonly costJoules: number;
}
export declare function reportOf(demo: DemoJob, { slots, totals }: Ledger): DemoReport;
export declare function reportText(demo: DemoJob, ledger: Ledger, style: Style): string;
export {};
//# sourceMappingURL=demoReport.d.ts.map