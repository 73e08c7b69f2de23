/** A Node server that answers as zeusd does, for the GPUs of a pretended host, on a Unix socket. */
import http from 'node:http';
import path from 'node:path';
import type { NvmlHost } from './nvmlStub';

export interface ZeusdFakeOptions {
  /** The older daemon tells neither bus addresses nor counters of its GPUs. */
  readonly tellsAddresses?: boolean;
  readonly names?: readonly string[];
  readonly groups?: readonly string[];
  /** Where set, requests need it, and these scopes go with it. */
  readonly token?: string;
  readonly scopes?: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

const setters = new Set(['gpu_ids', 'power_limit_mw', 'block']);

export async function startZeusdFake(host: NvmlHost, options: ZeusdFakeOptions = {}) {
  const socketPath = path.join(host.directory, 'zeusd.sock');
  const requests: string[] = [];
  let override: Reply | undefined;
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? '', 'http://zeusd');
    const isSet = url.pathname.startsWith('/gpu/set');
    const { status, body } =
      refusal(request, url, options) ??
      (isSet ? override : undefined) ??
      answer(host, request.method ?? '', url, options);
    response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    requests,
    /** Every set is answered so from now on. */
    answerSets: (reply: Reply | undefined) => (override = reply),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusal(request: http.IncomingMessage, url: URL, options: ZeusdFakeOptions): Reply | undefined {
  const { groups = ['gpu-read', 'gpu-control'], token, scopes = groups } = options;
  if (url.pathname === '/discover') return undefined;
  const group = url.pathname.startsWith('/gpu/set') ? 'gpu-control' : 'gpu-read';
  if (!groups.includes(group)) return { status: 404, body: '' };
  if (token === undefined) return undefined;
  if (request.headers.authorization !== `Bearer ${token}`)
    return { status: 401, body: json({ error: 'Invalid token' }) };
  return scopes.includes(group) ? undefined : { status: 403, body: json({ error: `Missing scope: ${group}` }) };
}

function answer(host: NvmlHost, method: string, url: URL, options: ZeusdFakeOptions): Reply {
  if (url.pathname === '/discover') return ok(discovery(host, options));
  const ids = url.searchParams.get('gpu_ids')?.split(',').map(Number) ?? host.uuids.map((_, id) => id);
  const unknown = ids.find((id) => host.uuids[id] === undefined);
  if (unknown !== undefined) return { status: 400, body: `GPU index ${unknown} does not exist.` };
  if (method === 'POST') return setLimits(host, url, ids);
  const each = (read: (uuid: string) => unknown) => Object.fromEntries(ids.map((id) => [id, read(host.uuids[id]!)]));
  const mw = (watts: number) => Math.round(watts * 1000);
  switch (url.pathname) {
    case '/gpu/get_power_limit':
      return ok(each((uuid) => ({ power_limit_mw: mw(host.truth(uuid).limitWatts) })));
    case '/gpu/get_power_limit_constraints':
      return ok(each(() => ({ min_power_limit_mw: 100_000, max_power_limit_mw: 250_000 })));
    case '/gpu/get_power':
      return ok({ timestamp_ms: Date.now(), power_mw: each((uuid) => mw(host.truth(uuid).drawWatts)) });
    case '/gpu/get_cumulative_energy':
      return ok(each((uuid) => ({ energy_mj: mw(host.truth(uuid).joules) })));
    case '/gpu/get_persistence_mode':
      return ok(each(() => ({ enabled: true })));
    default:
      return { status: 404, body: '' };
  }
}

function discovery(
  host: NvmlHost,
  { tellsAddresses = true, names, groups = ['gpu-read', 'gpu-control'], token }: ZeusdFakeOptions,
) {
  const gpus = host.uuids.map((_, id) => ({
    id,
    name: names?.[id] ?? 'Tesla V100-PCIE-32GB',
    ...(tellsAddresses && { pci_address: `0000:${(0x1a + id).toString(16)}:00.0`, cumulative_energy_available: true }),
  }));
  return { gpus, cpus: [], enabled_api_groups: groups, auth_required: token !== undefined };
}

function setLimits(host: NvmlHost, url: URL, ids: readonly number[]): Reply {
  const keys = [...url.searchParams.keys()];
  const missing = [...setters].find((key) => !keys.includes(key));
  if (missing !== undefined) return { status: 400, body: `Query deserialize error: missing field \`${missing}\`` };
  const odd = keys.find((key) => !setters.has(key));
  if (odd !== undefined) return { status: 400, body: `Query deserialize error: unknown field \`${odd}\`` };
  const watts = Number(url.searchParams.get('power_limit_mw')) / 1000;
  if (!(watts >= 100 && watts <= 250)) {
    const errors = Object.fromEntries(ids.map((id) => [id, 'NVML error: a provided argument was invalid']));
    return { status: 400, body: json({ errors }) };
  }
  for (const id of ids) host.setLimit(host.uuids[id]!, watts);
  return { status: 200, body: '' };
}

const json = (value: unknown) => JSON.stringify(value);
const ok = (value: unknown): Reply => ({ status: 200, body: json(value) });
