/** The port to one signal of one grid: how much carbon, or money, a kWh is. An adapter knows no Temporal and no job. */
/**
 * `average`: the share of the whole grid's emissions, for footprints; `marginal`: what one kWh less would save now. They can move
 * against each other, so they are never mixed. `price`: money, which takes the same path.
 */
export declare const kinds: readonly ['average', 'marginal', 'price'];
export type Kind = (typeof kinds)[number];
export type CarbonKind = Exclude<Kind, 'price'>;
/** Whether building plants and mining fuel counts too. */
export type FactorType = 'lifecycle' | 'direct';
/** `estimated`: the provider may revise it; `forecast`: it says what it expects. */
export type ReadingStatus = 'observed' | 'estimated' | 'forecast';
interface Slot {
    readonly provider: string;
    readonly zone: string;
    readonly validFromAt: string;
    /** Exclusive. */
    readonly validToAt: string;
    /** When the provider made it; null where it does not say. */
    readonly issuedAt: string | null;
    readonly status: ReadingStatus;
    /** What the provider warns of, in its words. */
    readonly warnings?: readonly string[] | undefined;
}
export interface CarbonReading extends Slot {
    readonly kind: CarbonKind;
    /** null where it is not known. */
    readonly factorType: FactorType | null;
    /** CO₂ equivalents; never negative. */
    readonly gramsPerKwh: number;
}
export interface PriceReading extends Slot {
    readonly kind: 'price';
    /** ISO 4217. */
    readonly currency: string;
    /** Negative where a surplus is given away. */
    readonly pricePerKwh: number;
}
export type Reading = CarbonReading | PriceReading;
/** What all readings of a source have in common, and how much it can be asked for. */
export interface SourceFacts {
    readonly provider: string;
    readonly zone: string;
    readonly kind: Kind;
    /** The provider has a new value for each slot; slots begin at whole multiples of it in UTC. */
    readonly slotSeconds: number;
    /** The longest range of one question; 0: it tells no past. */
    readonly historyHours: number;
    /** 0: it makes no forecast. */
    readonly forecastHours: number;
}
export interface TimeRange {
    readonly fromAt: string;
    readonly toAt: string;
}
/** Each question is given up when `abort` says so: a provider may hang. Rejects with a SourceError. */
export interface Source {
    readonly facts: SourceFacts;
    /** The newest slot that has begun. A provider that fell behind gives an old one, as `validToAt` tells. */
    now(abort?: AbortSignal): Promise<Reading>;
    /** The slots that overlap a range of the past. */
    history(range: TimeRange, abort?: AbortSignal): Promise<readonly Reading[]>;
    /** The slot of now and those of the coming hours, as far as they are known. */
    forecast(hours: number, abort?: AbortSignal): Promise<readonly Reading[]>;
}
export {};
//# sourceMappingURL=source.d.ts.map