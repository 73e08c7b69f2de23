import { type Clock } from './gridSlots';
import { type Columns } from './recordedCsv';
import { type Replay } from './replayed';
import type { CarbonKind, FactorType, Source } from './source';
export interface RecordedOptions extends Partial<Replay> {
    readonly zone: string;
    readonly file: string;
    readonly values: RecordedValues;
    readonly columns?: Columns | undefined;
    /** The longest a value holds: a gap is a gap. */
    readonly slotMinutes?: number | undefined;
    readonly clock?: Clock | undefined;
}
/** What the column of values holds. */
export type RecordedValues = {
    readonly kind: CarbonKind;
    readonly factorType?: FactorType | undefined;
} | {
    readonly kind: 'price';
    readonly currency: string;
    readonly per: 'kWh' | 'MWh';
};
export declare function createRecorded(options: RecordedOptions): Source;
//# sourceMappingURL=recorded.d.ts.map