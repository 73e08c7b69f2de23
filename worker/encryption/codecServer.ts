/**
 * Lets Temporal's UI and CLI show encrypted payloads: they send them here and get them back in the clear, without Temporal's server
 * seeing any of it.
 */
import { type Server, createServer } from 'node:http';
import { WattbanditError } from '../errors';
import { type CodecRules, respond } from './codecRequest';

export interface CodecServerOptions extends CodecRules {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

export interface CodecServer {
  readonly url: string;
  close(): Promise<void>;
}

const maxConnections = 100;
const patienceMilliseconds = 10_000;

/** Serves when this resolves. @throws WattbanditError `unavailable` if the port is taken */
export async function startCodecServer(options: CodecServerOptions): Promise<CodecServer> {
  const server = createServer((request, response) => void respond(request, response, options));
  server.maxConnections = maxConnections;
  server.headersTimeout = patienceMilliseconds;
  server.requestTimeout = patienceMilliseconds;
  await listening(server, options);
  const at = server.address();
  const port = at === null || typeof at === 'string' ? options.port : at.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://${host}:${port}`, close };
}

async function listening(server: Server, { host, port }: CodecServerOptions): Promise<void> {
  await new Promise<void>((ready, failed) => {
    server.once('error', (cause) =>
      failed(
        new WattbanditError('unavailable', `Cannot listen on ${host}, port ${port}: ${cause.message}.`, { cause }),
      ),
    );
    server.listen(port, host, ready);
  });
}
