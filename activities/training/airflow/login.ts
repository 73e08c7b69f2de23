/** Who we are to Airflow: a token that it gave us or somebody else did, or, to Airflow 2, name and password. In memory only. */
import { z } from 'zod';
import { base64, readSecret } from '../../carbon/secret';
import { send } from './http';
import type { AirflowServer } from './server';

export interface Credentials {
  readonly authorization: string;
  /** What stands in it. */
  readonly secrets: readonly string[];
}

export interface Login {
  credentials(): Promise<Credentials>;
  /** Airflow does not take these any more; newer ones stay. */
  drop(credentials: Credentials): void;
}

interface Held {
  readonly credentials: Promise<Credentials>;
  /** Once they are there. */
  known?: Credentials;
}

const answer = z.object({ access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/, 'must be a token') });

export function createLogin({ url, api, login }: AirflowServer): Login {
  let held: Held | undefined;

  const logIn = async (): Promise<Credentials> => {
    if ('token' in login) return bearer(await readSecret(login.token, 'token'), []);
    const { username } = login;
    const password = await readSecret(login.password, 'password');
    const pair = `${username}:${password}`;
    if (api === 'v1') return { authorization: `Basic ${base64(pair)}`, secrets: [password, pair] };
    const { access_token: token } = await send(url, {
      method: 'POST',
      path: '/auth/token',
      body: { username, password },
      secrets: [password],
      schema: answer,
    });
    return bearer(token, [password]);
  };

  return {
    async credentials() {
      if (held !== undefined) return held.credentials;
      const mine: Held = { credentials: logIn() };
      held = mine;
      try {
        return (mine.known = await mine.credentials);
      } catch (error) {
        if (held === mine) held = undefined;
        throw error;
      }
    },
    drop(credentials) {
      if (held?.known === credentials) held = undefined;
    },
  };
}

function bearer(token: string, secrets: readonly string[]): Credentials {
  return { authorization: `Bearer ${token}`, secrets: [token, ...secrets] };
}
