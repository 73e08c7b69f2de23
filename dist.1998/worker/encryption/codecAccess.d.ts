import { type KeySetSource } from '../../activities/keySet';
/** Told what the request's Authorization header says after `Bearer`. */
export type Admit = (bearer: string) => Promise<boolean>;
export declare function admitToken(token: string): Admit;
export interface SignedAccess {
    readonly jwks: KeySetSource;
    /** Without it, every token that the provider gave for any other purpose would do. */
    readonly audience: string;
    readonly issuer?: string;
}
/** @throws TypeError for a key set's URL that is not safe */
export declare function admitSigned({ jwks, audience, issuer }: SignedAccess): Admit;
//# sourceMappingURL=codecAccess.d.ts.map