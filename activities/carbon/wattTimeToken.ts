/** WattTime's bearer token: half an hour long good for everything, in memory only. */
import { z } from 'zod';
import { secondsOf, type Clock } from './gridSlots';
import type { Ask } from './http';
import { type SecretRef, base64, readSecret } from './secret';

export interface Credentials {
  readonly username: SecretRef;
  readonly password: SecretRef;
}

/** It lasts 30 minutes; one that ends on the way would cost a question. */
const goodForSeconds = 25 * 60;

const answer = z.object({ token: z.string().regex(/^[\x21-\x7e]{1,8192}$/, 'must be a token') });

interface Held {
  readonly token: Promise<string>;
  readonly untilSeconds: number;
  /** Once it is known. */
  bearer?: string;
}

export interface WattTimeToken {
  /** The same for all who ask meanwhile. */
  get(abort?: AbortSignal): Promise<string>;
  /** The provider does not take this one any more; a newer one stays. */
  drop(bearer: string): void;
}

export function createWattTimeToken(ask: Ask, credentials: Credentials, clock: Clock): WattTimeToken {
  let held: Held | undefined;
  const logIn = async (abort?: AbortSignal) => {
    const username = await readSecret(credentials.username, 'user name');
    const password = await readSecret(credentials.password, 'password');
    const pair = `${username}:${password}`;
    const headers = { authorization: `Basic ${base64(pair)}` };
    const secrets = [username, password, pair];
    return (await ask({ path: '/login', headers, secrets, schema: answer }, abort)).token;
  };
  return {
    get(abort) {
      const now = secondsOf(clock());
      if (held !== undefined && now < held.untilSeconds) return held.token;
      const mine: Held = { token: logIn(abort), untilSeconds: now + goodForSeconds };
      held = mine;
      mine.token.then(
        (bearer) => (mine.bearer = bearer),
        () => {
          if (held === mine) held = undefined;
        },
      );
      return mine.token;
    },
    drop(bearer) {
      if (held?.bearer === bearer) held = undefined;
    },
  };
}
