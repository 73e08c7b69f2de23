/** What the adapters of HTTP providers share: times as providers write them, readings as we do. */
import { z } from 'zod';
import type { HttpOptions } from './http';
import type { CarbonReading, FactorType, SourceFacts } from './source';
/** Unless an adapter says where else. */
export type ProviderOptions = Partial<HttpOptions>;
/** An instant with its zone, as Unix seconds: one without would be taken for local time. */
export declare const providerTime: z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>;
export interface Told {
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly gramsPerKwh: number;
    readonly status: CarbonReading['status'];
    readonly issuedSeconds?: number | undefined;
    readonly factorType?: FactorType | undefined;
    readonly warnings?: readonly string[] | undefined;
}
export declare function carbonReading(facts: SourceFacts & {
    readonly kind: CarbonReading['kind'];
}, told: Told): CarbonReading;
/** Also what a provider silently answered with instead. */
export declare function refuseOther(what: string, told: string, asked: string): void;
//# sourceMappingURL=provided.d.ts.map