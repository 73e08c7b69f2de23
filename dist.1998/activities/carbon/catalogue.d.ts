/** The providers there are, and what each of them is good for. */
import type { SourceDescription } from './sourceDescription';
import type { Kind } from './source';
export interface Provider {
    readonly provider: SourceDescription['provider'];
    readonly kinds: readonly Kind[];
    readonly covers: string;
    readonly needsKey: boolean;
    readonly cadenceMinutes: number;
    /** 0: none. */
    readonly forecastHours: number;
    readonly licence: string;
}
export declare const providers: readonly Provider[];
//# sourceMappingURL=catalogue.d.ts.map