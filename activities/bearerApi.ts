/** A JSON API behind a bearer token, as MLflow's and Kubeflow's: one request, one answer. */
import { type SecretRef, readSecret, redact } from './carbon/secret';

export interface BearerApi {
  /** For messages. */
  readonly name: string;
  readonly url: string;
  /** Read anew for each request; absent where the server wants none. */
  readonly token: SecretRef | undefined;
  readonly patienceMs: number;
}

export interface BearerAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** Takes the token out of what the server said. */
  readonly clean: (words: string) => string;
}

/** Without a body it is a GET, else a POST. A redirect is an error: it could carry the token to another host. */
export async function askBearer(
  { name, url, token: ref, patienceMs }: BearerApi,
  path: string,
  body?: object,
): Promise<BearerAnswer> {
  const token = ref === undefined ? undefined : await readSecret(ref, `token for ${name}`);
  const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  });
  return {
    ok: response.ok,
    status: response.status,
    text: await response.text(),
    clean: (words) => redact(words, token === undefined ? [] : [token]),
  };
}
