/** What a run emitted, or what its energy cost, as far as its grid's signal is known: joules × signal, slot by slot. */
import type { GridInterval, GridRecord } from './facts';
export declare const joulesPerKwh = 3600000;
/** What can be added up: one provider's signal of one kind for one zone. Others answer other questions. */
export type Signal = Pick<GridRecord, 'provider' | 'zone' | 'kind'>;
export type StatusJoules = Readonly<Record<GridInterval['status'], number>>;
/** Nothing is extrapolated: energy without a known signal is no part of `amount`. */
export interface Emissions {
    /** gCO₂eq, or money where the signal is a price. */
    readonly amount: number;
    readonly joules: number;
    /** Of these, how many had a known signal. */
    readonly knownJoules: number;
    /** The known ones, by how final the provider called their signal; the others are `unknown`. */
    readonly byStatus: StatusJoules;
}
export declare const noEmissions: Emissions;
/** `joules` is what the whole run drew; it may have drawn some outside of all intervals. */
export declare function emissionsOf(joules: number, intervals: readonly GridInterval[]): Emissions;
export declare function addEmissions(one: Emissions, other: Emissions): Emissions;
/** Share of the energy whose signal is known; null of no energy. */
export declare function coverageOf({ joules, knownJoules }: Emissions): number | null;
/** One word for what must not be mixed. */
export declare function signalKey({ provider, zone, kind }: Signal): string;
/** @throws RangeError for values that answer different questions */
export declare function requireOneSignal(signals: readonly Signal[]): void;
//# sourceMappingURL=emissions.d.ts.map