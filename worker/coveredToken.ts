/** How the token of an override leaves this process, so that no history has it in the clear. */
import type { KeyObject } from 'node:crypto';
import { isSealed, sealToken } from '../activities/sealedToken';
import { WattbanditError } from './errors';

export interface TokenCover {
  /** Of the workers, public. */
  readonly sealKey?: KeyObject | undefined;
  /** All that is sent is. */
  readonly encrypted: boolean;
}

/** `what`: the token, for people. @throws WattbanditError `invalid` where nothing covers it */
export async function coveredToken(token: string, { sealKey, encrypted }: TokenCover, what: string): Promise<string> {
  if (isSealed(token)) return token;
  if (sealKey !== undefined) return sealToken(token, sealKey);
  if (encrypted) return token;
  throw new WattbanditError(
    'invalid',
    `Cannot send ${what}: it would lie in the job's history for all to read; encrypt it by --seal-key, or whatever is sent by --encryption.`,
  );
}
