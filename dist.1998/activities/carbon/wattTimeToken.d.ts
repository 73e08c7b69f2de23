import { type Clock } from './gridSlots';
import type { Ask } from './http';
import { type SecretRef } from './secret';
export interface Credentials {
    readonly username: SecretRef;
    readonly password: SecretRef;
}
export interface WattTimeToken {
    /** The same for all who ask meanwhile. */
    get(abort?: AbortSignal): Promise<string>;
    /** The provider does not take this one any more; a newer one stays. */
    drop(bearer: string): void;
}
export declare function createWattTimeToken(ask: Ask, credentials: Credentials, clock: Clock): WattTimeToken;
//# sourceMappingURL=wattTimeToken.d.ts.map