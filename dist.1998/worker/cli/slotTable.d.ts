/** The ledger as a table: one row for each slot. */
import type { Attempt, Slot, SlotState } from '../../workflows/messages';
export declare function slotTable(slots: readonly Slot[]): string;
export declare function stateText(state: SlotState): string;
/** Over all runs of the slot; null where none ended. */
export declare function used(attempts: readonly Attempt[], what: 'joules' | 'seconds'): number | null;
export declare function lastOf(attempts: readonly Attempt[]): Attempt | undefined;
//# sourceMappingURL=slotTable.d.ts.map