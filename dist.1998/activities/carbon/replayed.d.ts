import type { Row } from './recordedCsv';
export interface Replay {
    /** How much later than it was recorded a value is played. */
    readonly shiftDays: number;
    /** Begins anew where it ends, after whole weeks (whole days if it is shorter), so that hours and weekdays stay what they were. */
    readonly repeat: boolean;
}
export interface PlayedSlot {
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly value: number;
}
/** The slots that overlap a time, in order. A slot lasts until the next row, and at most as long as slots do. */
export declare function createPlayer(rows: readonly Row[], slotSeconds: number, { shiftDays, repeat }: Replay): (fromSeconds: number, toSeconds: number) => readonly PlayedSlot[];
//# sourceMappingURL=replayed.d.ts.map