import { type ProviderOptions } from './provided';
import type { Source } from './source';
export interface GbGridOptions extends ProviderOptions {
    /** `GB`, a region's number from 1 to 17, or the outward part of a postcode. */
    readonly zone: string;
}
export declare const gbZone: RegExp;
export declare const gbGridUrl = "https://api.carbonintensity.org.uk";
export declare function createGbGrid({ zone, baseUrl, clock, maxBytes }: GbGridOptions): Source;
//# sourceMappingURL=gbGrid.d.ts.map