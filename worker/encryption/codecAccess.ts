/** Who may have payloads decrypted: whoever knows the token, or holds one that the identity provider signed. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type KeySetSource, createKeySet } from '../../activities/keySet';
import { allowedAlgorithms } from '../../activities/overrideToken';

/** Told what the request's Authorization header says after `Bearer`. */
export type Admit = (bearer: string) => Promise<boolean>;

export function admitToken(token: string): Admit {
  const expected = digest(token);
  return async (bearer) => timingSafeEqual(digest(bearer), expected);
}

/** Digests are of one length, so that the comparison tells nothing by its time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export interface SignedAccess {
  readonly jwks: KeySetSource;
  /** Without it, every token that the provider gave for any other purpose would do. */
  readonly audience: string;
  readonly issuer?: string;
}

/** @throws TypeError for a key set's URL that is not safe */
export function admitSigned({ jwks, audience, issuer }: SignedAccess): Admit {
  const keySet = createKeySet(jwks);
  return async (bearer) => {
    const { errors, jwtVerify } = await import('jose');
    try {
      await jwtVerify(bearer, keySet, { algorithms: allowedAlgorithms, requiredClaims: ['exp'], audience, issuer });
      return true;
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      throw error;
    }
  };
}
