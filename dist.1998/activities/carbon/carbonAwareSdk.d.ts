import { type ProviderOptions } from './provided';
import type { CarbonKind, Source } from './source';
export interface CarbonAwareSdkOptions extends ProviderOptions {
    readonly baseUrl: string;
    /** A location of the SDK's: names of Azure or AWS regions. */
    readonly zone: string;
    readonly kind: CarbonKind;
    readonly slotMinutes?: number | undefined;
}
export declare function createCarbonAwareSdk(options: CarbonAwareSdkOptions): Source;
//# sourceMappingURL=carbonAwareSdk.d.ts.map