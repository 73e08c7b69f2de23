/** A worker on the shared test server, on a task queue of its own: tests may run side by side. */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';

Runtime.install({ logger: new DefaultLogger('ERROR') });

export interface TestWorker {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly taskQueue: string;
  readonly worker: Worker;
}

/** host:port of the shared test server, which keeps its data in memory. */
export function testAddress(): string {
  return fromSetup('TEMPORAL_TEST_ADDRESS');
}

/** The compiled workflows of `workflows/`, for `workflowBundle`. */
export function testBundle(): { codePath: string } {
  return { codePath: fromSetup('WATTBANDIT_TEST_BUNDLE') };
}

/** The `temporal` program the shared server runs. */
export function testBinary(): string {
  return fromSetup('WATTBANDIT_TEST_BINARY');
}

/**
 * Runs a worker with our workflows while `use` runs. Its limit is below jest's: a test that jest gives up on would leave the
 * worker running, and the process dies of that. A plain `Error` fails a workflow here instead of retrying its task for ever.
 */
export async function testWorker<T>(
  options: Partial<WorkerOptions>,
  use: (worker: TestWorker) => Promise<T>,
  limitSeconds = 75,
): Promise<T> {
  const { client, connection } = await connections();
  const taskQueue = options.taskQueue ?? `test-${randomUUID()}`;
  const worker = await Worker.create({
    connection,
    workflowBundle: options.workflowsPath === undefined ? testBundle() : undefined,
    workflowFailureErrorTypes: { '*': ['Error'] },
    maxHeartbeatThrottleInterval: '250ms',
    shutdownGraceTime: '1s',
    ...options,
    taskQueue,
  });
  return worker.runUntil(() => within(limitSeconds * 1000, use({ client, connection, taskQueue, worker })));
}

/** A client of the shared server, closed after the suite. */
export async function testClient(): Promise<Client> {
  return (await connections()).client;
}

let opened: Promise<{ client: Client; connection: NativeConnection; close(): Promise<void> }> | undefined;
/** A worker that hung keeps its connection; the test that it hung in has failed already. */
afterAll(async () => (await opened)?.close().catch(console.warn));

async function connections() {
  opened ??= open();
  return opened;
}

async function open() {
  const address = testAddress();
  const [forClient, connection] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const close = async () => void (await Promise.all([forClient.close(), connection.close()]));
  return { client: new Client({ connection: forClient }), connection, close };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is unset: run this suite in jest's \`server\` project`);
  return value;
}
