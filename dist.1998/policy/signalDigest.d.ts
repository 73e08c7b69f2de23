/** What is kept of a signal's past: what is usual, what comes next, how high it was of late. Some 3 kB of JSON. */
import { type Forecaster, type SignalReading } from './forecast';
import { type SignalReference } from './signalReference';
/** Signals that differ in any of these are never mixed. */
export interface SignalIdentity {
    readonly provider: string;
    readonly zone: string;
    readonly kind: 'average' | 'marginal' | 'price';
}
export interface SignalDigest extends SignalIdentity {
    readonly forecaster: Forecaster;
    readonly reference: SignalReference;
    /** The highest value of each of the latest hours, the latest last. */
    readonly highs: readonly HourlyHigh[];
}
export interface HourlyHigh {
    readonly hourAt: string;
    readonly value: number;
}
export declare function beginDigest({ provider, zone, kind }: SignalIdentity): SignalDigest;
/** In their order; what was taken in already changes nothing. */
export declare function digest(before: SignalDigest, readings: readonly SignalReading[]): SignalDigest;
/** Chase's MaxCI: the highest of the 24 hours before an instant; null where nothing is known of them. */
export declare function highestOfDayBefore({ highs }: SignalDigest, at: string): number | null;
/** The one that knows more of the past, of two of one signal. */
export declare function betterKnown(one: SignalDigest | undefined, other: SignalDigest | undefined): SignalDigest | undefined;
export declare function isSameSignal(one: SignalIdentity, other: SignalIdentity): boolean;
//# sourceMappingURL=signalDigest.d.ts.map