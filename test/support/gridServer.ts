/** A local HTTP server in place of a provider: it answers as told, and remembers what it was asked. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** `hang`: never answers. `drip`: begins to answer and never ends. `drop`: hangs up. */
export type Behaviour = (asked: Asked) => Reply | 'hang' | 'drip' | 'drop';

export const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });

export interface GridServer {
  readonly url: string;
  readonly asked: Asked[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

export async function startGridServer(first: Behaviour): Promise<GridServer> {
  let behaviour = first;
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const one = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://grid'),
      headers: request.headers,
    };
    asked.push(one);
    const reply = behaviour(one);
    if (reply === 'hang') return;
    if (reply === 'drop') return void request.socket.destroy();
    const type = { 'content-type': 'application/json; charset=utf-8' };
    if (reply === 'drip') return void response.writeHead(200, type).write('{"data":');
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    behave: (next) => (behaviour = next),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
