/** One Temporal server in memory and one workflow bundle for all suites that need them; see `temporal.ts` for their use. */
import { bundleWorkflowCode } from '@temporalio/worker';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLockFile } from '../../worker/lockFile';
import { obtainBinary } from '../../worker/serverBinary';
import { launchServer, waitUntilAnswering } from '../../worker/serverProcess';
import { stateDirectory } from '../../worker/server';
import { endTestServer } from './globalTeardown';

export default async function setUp(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'wattbandit-jest-'));
  const [bundle] = await Promise.all([bundleWorkflows(directory), startServer(directory)]);
  process.env.WATTBANDIT_TEST_BUNDLE = bundle;
}

/** Histories are short, so that a test can reach the end of one. Not `findServer`: tests stay off whatever server the developer has configured or running. */
async function startServer(directory: string): Promise<void> {
  const cache = stateDirectory({ env: {} });
  const binary = await withLockFile(join(cache, 'server.lock'), () =>
    obtainBinary({ directory: cache, env: process.env }),
  );
  const launched = await launchServer({
    binary: binary.path,
    directory,
    namespace: 'default',
    ui: false,
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 200 },
  });
  process.env.WATTBANDIT_TEST_BINARY = binary.path;
  process.env.WATTBANDIT_TEST_PID = String(launched.record.pid);
  process.env.WATTBANDIT_TEST_DIRECTORY = directory;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void endTestServer().then(() => process.kill(process.pid, signal)));
  }
  await waitUntilAnswering(launched);
  process.env.TEMPORAL_TEST_ADDRESS = launched.record.address;
}

async function bundleWorkflows(directory: string): Promise<string> {
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('../../workflows'), logger: quiet });
  const file = join(directory, 'workflows.js');
  await writeFile(file, code);
  return file;
}
