/** Where an Airflow is and who asks there, as it stands in a worker's configuration. Secrets by reference. */
import { z } from 'zod';
import { secretRefSchema } from '../../carbon/secret';
import { isLoopback } from '../../loopback';

export const airflowServerSchema = z.strictObject({
  /** Of its API server, with the path below which it is served, if there is one. */
  url: z
    .url({ protocol: /^https?$/, abort: true })
    .refine(isBare, 'must be an address without user, query or fragment')
    .refine(isSafe, 'must begin with https://, for a secret goes there'),
  /** `v2` is Airflow 3's, `v1` Airflow 2's. */
  api: z.enum(['v2', 'v1']).default('v2'),
  login: z.union(
    [
      z.strictObject({ token: secretRefSchema }),
      z.strictObject({ username: z.string().regex(/^[\x21-\x7e]+$/), password: secretRefSchema }),
    ],
    { error: 'must be username and password, or token; secrets as env: NAME or file: PATH' },
  ),
});

export type AirflowServer = z.output<typeof airflowServerSchema>;

function isBare(url: string): boolean {
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '';
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
}
