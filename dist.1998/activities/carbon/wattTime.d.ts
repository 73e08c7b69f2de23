import { type ProviderOptions } from './provided';
import type { CarbonKind, Source } from './source';
import { type Credentials } from './wattTimeToken';
export interface WattTimeOptions extends ProviderOptions, Credentials {
    /** A region of WattTime's, such as CAISO_NORTH. */
    readonly zone: string;
    readonly kind: CarbonKind;
}
export declare const wattTimeUrl = "https://api.watttime.org";
export declare function createWattTime(options: WattTimeOptions): Source;
//# sourceMappingURL=wattTime.d.ts.map