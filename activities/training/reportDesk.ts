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
  /** `hear` gets each line as it arrives. */
  open(hear: (line: string) => void): Place;
}

export interface Place {
  /** Known to the run alone. */
  readonly token: string;
  /** From now on the run is told to stop. */
  close(): void;
}

export interface ReportDeskOptions {
  readonly host: string;
  readonly port: number;
  /** As runs see it, if not by host and port. */
  readonly url?: string | undefined;
}

const longestBody = 64 * 2 ** 10;

/** Listens until the process ends, without keeping it. */
export async function openReportDesk({ host, port, url }: ReportDeskOptions): Promise<ReportDesk> {
  const places = new Map<string, (line: string) => void>();
  const server = createServer((request, response) => void answer(request, response, places));
  server.listen(port, host);
  await once(server, 'listening');
  server.unref();
  return {
    url: url ?? `http://${host}:${portOf(server)}`,
    open(hear) {
      const token = randomBytes(24).toString('base64url');
      places.set(token, hear);
      return { token, close: () => void places.delete(token) };
    },
  };
}

type Places = ReadonlyMap<string, (line: string) => void>;

async function answer(request: IncomingMessage, response: ServerResponse, places: Places): Promise<void> {
  const hear = places.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
  if (request.method !== 'POST' || request.url !== '/reports') return end(response, 404, {});
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
