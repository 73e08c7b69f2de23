/** Public keys that tokens are signed with, out of a JSON Web Key Set in a file or behind a URL. */
import type { JWTVerifyGetKey } from 'jose';
/** A file is read at each look, so that a new key counts at once; a URL is asked again after a while, or for a key not seen yet. */
export type KeySetSource = {
    readonly file: string;
} | {
    readonly url: string;
};
/** The keys are out of reach or no keys: nothing is known about the token. To be tried again. */
export declare class KeySetUnavailable extends Error {
    readonly name = "KeySetUnavailable";
}
/**
 * Looks up the key that a token names.
 * @throws TypeError for a URL over which somebody on the way could hand out keys of his own
 */
export declare function createKeySet(source: KeySetSource): JWTVerifyGetKey;
//# sourceMappingURL=keySet.d.ts.map