import { type ProviderOptions } from './provided';
import { type SecretRef } from './secret';
import type { FactorType, Source } from './source';
export interface ElectricityMapsOptions extends ProviderOptions {
    readonly zone: string;
    readonly token: SecretRef;
    readonly factorType?: FactorType | undefined;
    /** Finer than an hour needs a plan. */
    readonly slotMinutes?: 5 | 15 | 60 | undefined;
}
export declare const electricityMapsUrl = "https://api.electricitymaps.com/v3";
export declare function createElectricityMaps(options: ElectricityMapsOptions): Source;
//# sourceMappingURL=electricityMaps.d.ts.map