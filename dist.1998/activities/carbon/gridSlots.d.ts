import type { Reading, TimeRange } from './source';
export type Clock = () => Date;
export declare const systemClock: Clock;
/** Of Unix time. */
export declare function secondsOf(instant: string | Date): number;
export declare function instantAt(seconds: number): string;
export declare function slotStart(seconds: number, slotSeconds: number): number;
/** @throws SourceError `unusable` if there is none */
export declare function newestBegun(readings: readonly Reading[], nowSeconds: number): Reading;
/** In order, one for each slot; of two for the same the later one in the answer. */
export declare function overlapping(readings: readonly Reading[], { fromAt, toAt }: TimeRange): readonly Reading[];
/** 0 while the slot lasts; then how long ago it ended. */
export declare function ageSeconds({ validToAt }: Reading, now: Date): number;
//# sourceMappingURL=gridSlots.d.ts.map