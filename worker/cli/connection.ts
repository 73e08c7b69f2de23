/** Which Temporal a command talks to: flag, else environment, else profile, else the demonstration's own server. */
import { Client, Connection } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import { JobClient } from '../client';
import { closingRetries } from '../closingRetries';
import { refusePlaintext } from '../connectionSafety';
import { dataConverterFor } from '../encryption/dataConverter';
import { WattbanditError } from '../errors';
import { stateDirectory } from '../server';
import { readRecord } from '../serverRecord';
import { encryptionOf } from './encryption';
import type { GlobalOptions, Session } from './session';

export interface Target {
  readonly address: string;
  readonly namespace: string;
  /** What decided on the address. */
  readonly foundBy: string;
  /** With TLS and API key, for clients and workers alike; never printed. */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'];
}

/** A server that does not accept a connection in this time is away. */
const connectTimeout = '7s';
/** For every answer, also that of a worker to a query. */
const answerMilliseconds = 15_000;

/** @throws WattbanditError `invalid` for a profile that cannot be read, or that leads to another computer without TLS */
export async function findTarget(globals: GlobalOptions): Promise<Target> {
  const target = await configuredTarget(globals);
  refusePlaintext(target.connectionOptions, globals.insecurePlaintext === true);
  return target;
}

async function configuredTarget(globals: GlobalOptions): Promise<Target> {
  const { connectionOptions, namespace: configured } = configuredBy(globals);
  const namespace = globals.namespace ?? configured ?? 'default';
  const at = (address: string, foundBy: string): Target => {
    return { address, namespace, foundBy, connectionOptions: { ...connectionOptions, address } };
  };
  if (globals.address !== undefined) return at(globals.address, '--address');
  if (connectionOptions.address !== undefined)
    return at(connectionOptions.address, process.env['TEMPORAL_ADDRESS'] ? 'TEMPORAL_ADDRESS' : 'the Temporal profile');
  const demonstration = await readRecord(stateDirectory());
  if (demonstration !== undefined) return at(demonstration.address, "the demonstration's server record");
  return at('localhost:7233', 'the default, as nothing is configured');
}

function configuredBy({ profile }: GlobalOptions): ClientConnectConfig {
  try {
    return toClientOptions(loadClientConfigProfile({ profile }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError(
      'invalid',
      `Cannot read the Temporal profile${profile === undefined ? '' : ` ${profile}`}: ${reason}`,
      { cause },
    );
  }
}

/** @throws WattbanditError `unavailable` if the server does not answer */
export async function connect({ address, foundBy, connectionOptions }: Target): Promise<Connection> {
  try {
    return await Connection.connect({ ...connectionOptions, interceptors: [closingRetries()], connectTimeout });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError(
      'unavailable',
      `Cannot reach Temporal at ${address} (from ${foundBy}): ${reason}.\n` +
        'Start a server, as `temporal server start-dev` does, or name another by --address, TEMPORAL_ADDRESS or --profile.',
      { cause },
    );
  }
}

/** Connects, waits for every answer a limited time, and hangs up. */
export async function withClient<T>(session: Session, use: (client: Client, target: Target) => Promise<T>): Promise<T> {
  return withPatientClient(session, (client, target) =>
    client.connection.withDeadline(Date.now() + answerMilliseconds, () => use(client, target)),
  );
}

/** The same for what takes its time. */
export async function withPatientClient<T>(
  session: Session,
  use: (client: Client, target: Target) => Promise<T>,
): Promise<T> {
  const target = await findTarget(session.globals);
  const dataConverter = await dataConverterFor(await encryptionOf(session.globals));
  const connection = await connect(target);
  try {
    return await use(new Client({ connection, namespace: target.namespace, dataConverter }), target);
  } finally {
    await connection.close();
  }
}

export async function withJobs<T>(
  session: Session,
  use: (jobs: JobClient) => Promise<T>,
  taskQueue?: string,
): Promise<T> {
  return withClient(session, (client) => use(new JobClient(client, { taskQueue })));
}
