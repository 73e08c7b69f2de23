/** What stands in front of a Temporal server in production: TLS, client certificates, API keys. Certificates are made for each test. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import {
  type ClientHttp2Stream,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  connect,
  constants,
  createSecureServer,
} from 'node:http2';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = async (...args: readonly string[]) => void (await promisify(execFile)('openssl', args));

export interface Certificates {
  /** Paths of PEM files: `<name>.crt`, `<name>.key`. */
  path(file: string): string;
}

/** An authority, and certificates of it for a server on loopback and for a client. */
export async function makeCertificates(directory: string): Promise<Certificates> {
  const path = (file: string) => join(directory, file);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const request = (name: string) => ['-subj', `/CN=wattbandit test ${name}`, '-keyout', path(`${name}.key`)];
  await openssl('req', '-x509', ...newKey, ...request('authority'), '-out', path('authority.crt'), '-days', '1');
  writeFileSync(path('extensions'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n');
  for (const name of ['server', 'client']) {
    await openssl('req', '-new', ...newKey, ...request(name), '-out', path(`${name}.csr`));
    const authority = ['-CA', path('authority.crt'), '-CAkey', path('authority.key'), '-CAcreateserial'];
    const signed = ['-in', path(`${name}.csr`), '-out', path(`${name}.crt`), '-days', '1'];
    await openssl('x509', '-req', ...authority, ...signed, '-extfile', path('extensions'));
  }
  return { path };
}

export interface ProxyOptions {
  readonly certificates: Certificates;
  /** host:port of the server without TLS. */
  readonly target: string;
  /** Whoever has no certificate of the authority is not let in. */
  readonly mutual?: boolean;
  /** Whoever does not give it is not let in. */
  readonly apiKey?: string;
}

/** host:port of the proxy while `use` runs. */
export async function whileProxying<T>(options: ProxyOptions, use: (address: string) => Promise<T>): Promise<T> {
  const { certificates, target, mutual = false } = options;
  const pem = (file: string) => readFileSync(certificates.path(file));
  const server = createSecureServer({
    key: pem('server.key'),
    cert: pem('server.crt'),
    ca: pem('authority.crt'),
    requestCert: mutual,
    rejectUnauthorized: mutual,
  });
  const upstream = connect(`http://${target}`);
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => void sessions.add(session.once('close', () => sessions.delete(session))));
  server.on('stream', (stream, headers) => {
    if (mayEnter(headers, options)) forward(stream, upstream.request(withoutConnection(headers)));
    else stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': 16 }, { endStream: true });
  });
  try {
    return await use(`127.0.0.1:${await portOf(server)}`);
  } finally {
    for (const session of sessions) session.destroy();
    upstream.destroy();
    await new Promise((closed) => server.close(closed));
  }
}

function mayEnter({ authorization }: IncomingHttpHeaders, { apiKey }: ProxyOptions): boolean {
  return apiKey === undefined || authorization === `Bearer ${apiKey}`;
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection'));
}

/** gRPC ends with trailers, so these have to come along. */
function forward(stream: ServerHttp2Stream, up: ClientHttp2Stream): void {
  let trailers: IncomingHttpHeaders = {};
  const end = () => {
    if (!stream.destroyed) stream.close(constants.NGHTTP2_CANCEL);
    if (!up.destroyed) up.close(constants.NGHTTP2_CANCEL);
  };
  up.on('response', (headers, flags) => {
    if (stream.destroyed) return;
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(headers, { endStream, waitForTrailers: !endStream });
    if (!endStream) up.pipe(stream);
  });
  up.on('trailers', (received) => (trailers = received));
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.on('error', end).on('aborted', end);
  up.on('error', end);
  stream.pipe(up);
}

async function portOf(server: Http2SecureServer): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the proxy has no port');
  return at.port;
}
