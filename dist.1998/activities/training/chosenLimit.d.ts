/** The limit that a run holds once it is chosen: since when, its average speed and power under it, and under those before it. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import { type Reading } from '../gpu/profileWindow';
export declare class ChosenLimit {
    private readonly batchSize;
    private chosenWatts;
    /** The selectable limit that stands for the one in force. */
    private heldWatts;
    private since;
    private earlier;
    constructor(batchSize: number, chosenWatts: number | undefined);
    /** Undefined until one is chosen. */
    get watts(): number | undefined;
    /** Under what name the limit in force is measured. */
    get finalWatts(): number | undefined;
    choose(watts: number): void;
    /** Another one from now on; what was held until the latest reading keeps its average. */
    change(watts: number, latest: Reading): void;
    held(watts: number): void;
    /** The first reading under it, of those that come one after the other. */
    seen(reading: Reading): void;
    /** What came before this reading does not count, as when probes took their time. */
    restart(reading: Reading): void;
    average(now: Reading): PowerMeasurement | undefined;
    /** By limit, the one in force last. */
    averages(now: Reading): readonly PowerMeasurement[];
}
//# sourceMappingURL=chosenLimit.d.ts.map