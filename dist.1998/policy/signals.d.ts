/** What the signal is now and later, from what is at hand: a fresh reading, the provider's forecast, our own, or nothing. */
import { type Forecaster, type SignalReading } from './forecast';
export interface Signals {
    /** The instant that is asked about. */
    readonly at: string;
    /** The latest reading, and what the provider expects, if it does. */
    readonly reading: SignalReading | null;
    readonly forecast: readonly SignalReading[];
    readonly forecaster: Forecaster | null;
    /** Of the grid: how often the signal may change. */
    readonly slotSeconds: number;
    /** A reading older than this says nothing about now. */
    readonly staleAfterSeconds: number;
}
export declare const usualStaleAfterSeconds: number;
export type SignalSource = 'reading' | 'provider' | 'forecaster' | 'none';
export interface SignalNow {
    readonly value: number | null;
    readonly from: SignalSource;
    /** Since the latest reading ended; null without one. Negative while it holds. */
    readonly ageSeconds: number | null;
}
/** A reading at most one of its periods old holds; up to the staleness limit a forecast does; beyond, nothing. */
export declare function signalNow(signals: Signals): SignalNow;
/** So many seconds from now: the provider's forecast where it reaches, or ours unless its last reading is stale; null: not known. */
export declare function signalAhead({ at, forecast: slots, forecaster, staleAfterSeconds }: Signals, seconds: number): {
    readonly value: number;
    readonly from: SignalSource;
} | null;
//# sourceMappingURL=signals.d.ts.map