/**
 * A Temporal server for this process: the one that is configured, one that already runs here, or one that is obtained and
 * started. An embedded server keeps its data in the state directory and belongs to the process that started or adopted it.
 */
import { type ClientConnectConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusePlaintext } from './connectionSafety';
import { WattbanditError } from './errors';
import { withLockFile } from './lockFile';
import { isAlive, isRunning, stopProcess } from './processes';
import { type BinarySource, obtainBinary } from './serverBinary';
import { answers, startServer } from './serverProcess';
import { type ServerRecord, readRecord, removeRecord, writeRecord } from './serverRecord';

export interface Server {
  /** host:port of the gRPC frontend */
  readonly address: string;
  readonly namespace: string;
  /** how it was come by; `running` was started by an earlier call, here or in another process */
  readonly how: 'configured' | 'running' | BinarySource;
  /** for `Connection.connect` and `NativeConnection.connect` alike; carries TLS and the API key of a configured server */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'];
  /** where the embedded server's web pages are; a configured server's are its operator's affair */
  readonly uiAddress?: string;
  /** rejects when the embedded server ends unasked; never for a configured one, which may come back */
  readonly lost: (signal: AbortSignal) => Promise<never>;
  /** ends the embedded server if it belongs to this process, and waits for that; harmless otherwise and when repeated */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** where the embedded server keeps its data, log and record; default `WATTBANDIT_STATE`, else `.wattbandit` */
  readonly stateDirectory?: string;
  /** default `process.env` */
  readonly env?: NodeJS.ProcessEnv;
  /** told in a few words whenever something takes long */
  readonly onProgress?: (text: string) => void;
  /** speaks without TLS also to a configured server on another computer */
  readonly insecurePlaintext?: boolean;
  /** gives up; what was started by then is ended */
  readonly signal?: AbortSignal;
}

/** @throws WattbanditError `unavailable` if there is no server and none can be obtained, `invalid` if the state has no place or TLS is missing */
export async function findServer(options: ServerOptions = {}): Promise<Server> {
  const env = options.env ?? process.env;
  const configured = configuredConnection(env);
  if (configured !== undefined) {
    refusePlaintext(configured.connectionOptions, options.insecurePlaintext === true);
    return connectConfigured(configured);
  }

  const directory = stateDirectory(options);
  await makeState(directory);
  const namespace = env['TEMPORAL_NAMESPACE'] || 'default';
  const { onProgress, signal } = options;
  const find = async () => {
    const running = await findRunning(directory);
    if (running !== undefined) return embeddedServer(directory, namespace, running, 'running');
    const { path, source } = await obtainBinary({ directory, env, onProgress, signal });
    const launch = { binary: path, directory, namespace, database: databaseIn(directory), ui: true };
    // Recorded before it serves: should this process be killed meanwhile, the next one finds it instead of starting a second.
    const record = await startServer(launch, (launched) => writeRecord(directory, launched));
    return embeddedServer(directory, namespace, record, source);
  };
  return withLockFile(join(directory, 'server.lock'), find, { signal });
}

/** @throws WattbanditError `invalid` if the directory can be neither found nor made, or not written to */
export async function makeState(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot keep state in ${directory}: ${reason}; name a writable directory by WATTBANDIT_STATE.`;
    throw new WattbanditError('invalid', message, { cause });
  }
}

export function stateDirectory(options: Pick<ServerOptions, 'stateDirectory' | 'env'> = {}): string {
  const env = options.env ?? process.env;
  return resolve(options.stateDirectory ?? (env['WATTBANDIT_STATE'] || '.wattbandit'));
}

/**
 * What environment and Temporal profile say, `undefined` if they name no server. A profile without an address means
 * localhost:7233 to every Temporal tool, so it does here; nothing at all means that nobody chose a server.
 */
function configuredConnection(env: NodeJS.ProcessEnv): ClientConnectConfig | undefined {
  const set = Object.entries(env).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, value]],
  );
  const overrideEnvVars: Record<string, string> = Object.fromEntries(set);
  const profile = loadClientConfigProfile({ overrideEnvVars });
  const chosen = profile.address ?? profile.apiKey ?? profile.tls ?? overrideEnvVars['TEMPORAL_PROFILE'];
  return chosen === undefined ? undefined : toClientOptions(profile);
}

async function connectConfigured({ connectionOptions, namespace }: ClientConnectConfig): Promise<Server> {
  const address = connectionOptions.address ?? 'localhost:7233';
  const failure = await answers({ ...connectionOptions, address }, 5_000);
  if (failure !== undefined) {
    const remedy = 'start it, or unset TEMPORAL_ADDRESS and TEMPORAL_PROFILE to have one started here';
    throw new WattbanditError(
      'unavailable',
      `Cannot reach the configured Temporal server ${address}: ${failure}; ${remedy}`,
    );
  }
  return {
    address,
    namespace: namespace ?? 'default',
    how: 'configured',
    connectionOptions: { ...connectionOptions, address },
    lost: untilAborted,
    stop: async () => {},
  };
}

/** The recorded server if it still answers. One that lives without answering is ended: the data file needs one owner. */
async function findRunning(directory: string): Promise<ServerRecord | undefined> {
  const record = await readRecord(directory);
  if (record === undefined || !(await isRunning(record.pid, databaseIn(directory)))) return undefined;
  const failure = await answers({ address: record.address }, 10_000);
  if (failure === undefined) return record;
  await stopProcess(record.pid);
  return undefined;
}

async function embeddedServer(
  directory: string,
  namespace: string,
  record: ServerRecord,
  how: Server['how'],
): Promise<Server> {
  const ours = record.owner === process.pid || !(await isAlive(record.owner));
  if (ours) await writeRecord(directory, { ...record, owner: process.pid });
  const { address, uiAddress } = record;
  const stop = async () => {
    if (ours) await stopRecorded(directory, record.pid);
  };
  const lost = async (signal: AbortSignal) => {
    while (await isAlive(record.pid)) await sleep(500, undefined, { signal });
    throw new WattbanditError(
      'unavailable',
      `The Temporal server (process ${record.pid}) has died; its last words are in ${join(directory, 'temporal.log')}.\n` +
        'What it knew is on disk: start again, and it goes on from there.',
    );
  };
  return { address, namespace, how, connectionOptions: { address }, uiAddress, lost, stop };
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** Under the lock, so that nobody starts a second server on the data file while this one is still closing it. */
async function stopRecorded(directory: string, pid: number): Promise<void> {
  await withLockFile(join(directory, 'server.lock'), async () => {
    if ((await readRecord(directory))?.pid !== pid) return;
    await stopProcess(pid);
    await removeRecord(directory);
  });
}

function databaseIn(directory: string): string {
  return join(directory, 'temporal.db');
}
