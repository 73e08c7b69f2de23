/**
 * Where runs in other places report by HTTP: JSON lines to `/reports`, under the token of the run. The answer tells whether the run
 * should stop. One desk serves all runs of a worker.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';

export interface ReportDesk {
  /** Where runs reach it, as they see it. */
  readonly url: string;
  /** `hear` gets each line as it arrives. With the token of a run that reports already, whoever heard it before hears no more. */
  open(hear: (line: string) => void, token?: string): Place;
  close(): Promise<void>;
}

export interface Place {
  /** Known to the run alone. */
  readonly token: string;
  /** From now on the run is told to stop. False if somebody else hears it by now: it goes on. */
  close(): boolean;
}

export interface ReportDeskOptions {
  readonly host: string;
  readonly port: number;
  /** As runs see it, if not by host and port. */
  readonly url?: string | undefined;
  /** Tokens of runs that an earlier process heard: they are told to try again until somebody hears them, for a while. */
  readonly awaited?: readonly string[];
}

/** Longer than it takes until a dead worker is noticed and its run has GPUs again. */
const awaitedForMs = 900_000;
const longestBody = 64 * 2 ** 10;

/** Listens until the process ends, without keeping it. */
export async function openReportDesk({ host, port, url, awaited = [] }: ReportDeskOptions): Promise<ReportDesk> {
  const places: Places = { open: new Map(), awaited: new Set(awaited) };
  const server = createServer((request, response) => void answer(request, response, places));
  setTimeout(() => places.awaited.clear(), awaitedForMs).unref();
  server.listen(port, host);
  await once(server, 'listening');
  server.unref();
  return {
    url: url ?? `http://${host}:${portOf(server)}`,
    open(hear, token = randomBytes(24).toString('base64url')) {
      places.open.set(token, hear);
      places.awaited.delete(token);
      return { token, close: () => places.open.get(token) === hear && places.open.delete(token) };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Places {
  readonly open: Map<string, (line: string) => void>;
  readonly awaited: Set<string>;
}

async function answer(request: IncomingMessage, response: ServerResponse, places: Places): Promise<void> {
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const hear = places.open.get(token);
  if (request.method !== 'POST' || request.url !== '/reports') return end(response, 404, {});
  if (places.awaited.has(token)) return end(response, 503, { stop: false });
  // Also for a run that is over: it ends by itself then.
  if (hear === undefined) return end(response, 410, { stop: true });
  const body = await bodyOf(request);
  if (body === undefined) return end(response, 413, {});
  for (const line of body.split('\n')) hear(line);
  end(response, 200, { stop: false });
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += Buffer.from(chunk).length;
      if (bytes > longestBody) return undefined;
      chunks.push(Buffer.from(chunk));
    }
  } catch {
    // Broken off: what came whole is not known, and it is told again.
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, answered: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answered));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
