import type { SignalReading } from '../../policy/forecast';
import { type SignalDigest, type SignalIdentity } from '../../policy/signalDigest';
import type { Reading, ReadingStatus, Source, SourceFacts } from './source';
/** Survives JSON. */
export interface GridView extends SignalIdentity {
    /** The instant that was asked about. */
    readonly at: string;
    readonly unit: string;
    readonly slotSeconds: number;
    readonly reading: (SignalReading & {
        readonly status: ReadingStatus;
    }) | null;
    readonly forecast: readonly SignalReading[];
    readonly digest: SignalDigest;
    /** Whether runs there can be steered while they train; else what is decided at their start holds. */
    readonly steers: boolean;
    /** Why there is no reading, for people. */
    readonly failure?: string;
}
export interface GridWatch {
    readonly facts: SourceFacts;
    /** At an instant of the grid's time; now unless given. */
    view(at?: Date): Promise<GridView>;
}
export interface GridWatchOptions {
    /** All that one view may take. A provider that is slower is asked again for the next one. */
    readonly patienceMs?: number;
    readonly steers?: boolean;
}
export declare function createGridWatch(source: Source, options?: GridWatchOptions): GridWatch;
export declare function signalIn(reading: Reading): SignalReading;
//# sourceMappingURL=gridWatch.d.ts.map