/** Zeus's daemon over its Unix socket: arguments in the query, answers in JSON. It knows GPUs by its own indices. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { z } from 'zod';
import { GpuError, codeOf, messageOf } from './error';
import { type ZeusdAnswer, zeusdFailureFor } from './zeusdAnswer';

export interface ZeusdClientOptions {
  readonly socketPath: string;
  /** Where the daemon asks for a token: `env:NAME` or `file:/path`; read at each request, so it may be renewed. */
  readonly token?: string | undefined;
  readonly timeoutSeconds?: number;
}

const discovery = z.object({
  gpus: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      /** As `lspci -D` writes it; an older daemon of the same version number does not tell these two. */
      pci_address: z.string().nullish(),
      cumulative_energy_available: z.boolean().nullish(),
    }),
  ),
  enabled_api_groups: z.array(z.string()).optional(),
});
export type ZeusdDiscovery = z.infer<typeof discovery>;
export type ZeusdGpu = ZeusdDiscovery['gpus'][number];

const limit = z.object({ power_limit_mw: z.number() });
const range = z.object({ min_power_limit_mw: z.number(), max_power_limit_mw: z.number() });
const energy = z.object({ energy_mj: z.number() });
const power = z.object({ power_mw: z.record(z.string(), z.number()) });
const persistence = z.object({ enabled: z.boolean() });

export type ZeusdClient = ReturnType<typeof createZeusdClient>;

export function createZeusdClient(options: ZeusdClientOptions) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const answer = await request({ ...options, agent }, 'GET', path);
    if (answer.status !== 200) throw zeusdFailureFor(answer);
    const parsed = schema.safeParse(jsonIn(answer.body));
    if (parsed.success) return parsed.data;
    throw new GpuError('unavailable', `zeusd answers ${path} in another form than known; update wattbandit`, {
      cause: parsed.error,
    });
  };
  const ofGpu = async <T>(id: number, path: string, schema: z.ZodType<T>): Promise<T> =>
    only(id, await get(`${path}?gpu_ids=${id}`, z.record(z.string(), schema)));

  return {
    discover: () => get('/discover', discovery),
    limitMw: async (id: number) => (await ofGpu(id, '/gpu/get_power_limit', limit)).power_limit_mw,
    limitRangeMw: async (id: number) => {
      const found = await ofGpu(id, '/gpu/get_power_limit_constraints', range);
      return { minMw: found.min_power_limit_mw, maxMw: found.max_power_limit_mw };
    },
    energyMj: async (id: number) => (await ofGpu(id, '/gpu/get_cumulative_energy', energy)).energy_mj,
    powerMw: async (id: number) => only(id, (await get(`/gpu/get_power?gpu_ids=${id}`, power)).power_mw),
    persistence: async (id: number) => (await ofGpu(id, '/gpu/get_persistence_mode', persistence)).enabled,
    /** With `block` the answer tells what the driver said; without it failures are lost. */
    async setLimitMw(id: number, mw: number) {
      const path = `/gpu/set_power_limit?gpu_ids=${id}&power_limit_mw=${mw}&block=true`;
      const answer = await request({ ...options, agent }, 'POST', path);
      if (answer.status !== 200) throw zeusdFailureFor(answer);
    },
  };
}

function only<T>(id: number, answers: Readonly<Record<string, T>>): T {
  const answer = answers[id];
  if (answer === undefined)
    throw new GpuError('unavailable', `zeusd leaves its GPU ${id} out of the answer; see its log`);
  return answer;
}

type Connection = ZeusdClientOptions & { readonly agent: http.Agent };

async function request(to: Connection, method: 'GET' | 'POST', path: string): Promise<ZeusdAnswer> {
  const { socketPath, agent, token, timeoutSeconds = 10 } = to;
  const headers = token === undefined ? {} : { authorization: `Bearer ${tokenFor(token)}` };
  try {
    return await new Promise((resolve, reject) => {
      const sent = http.request({ socketPath, method, path, agent, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      });
      sent.setTimeout(timeoutSeconds * 1000, () => sent.destroy(new Error(`no answer in ${timeoutSeconds} s`)));
      sent.on('error', reject);
      sent.end();
    });
  } catch (cause) {
    throw connectionFailureFor(socketPath, cause);
  }
}

function connectionFailureFor(socketPath: string, cause: unknown): GpuError {
  const code = codeOf(cause);
  if (code === 'EACCES') {
    const remedy = 'add its user to the group of the socket (zeusd --socket-gid)';
    return new GpuError('forbidden', `this process may not use ${socketPath}; ${remedy}`, { cause });
  }
  const reason = `zeusd does not answer at ${socketPath} (${messageOf(cause)}); start it or see its log`;
  return new GpuError('unavailable', reason, { cause });
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** By reference only, so that no token stands in a configuration or a history. */
function tokenFor(reference: string): string {
  const [, kind, place = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const token = kind === 'env' ? process.env[place] : kind === 'file' ? textOf(place) : undefined;
  if (token !== undefined && token.trim() !== '') return token.trim();
  const fact = kind === undefined ? 'the reference to it is malformed' : `there is none at ${reference}`;
  throw new GpuError('forbidden', `zeusd's token is missing: ${fact}; write env:NAME or file:/path`);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
