/** One Temporal server in memory and one workflow bundle for all suites that need them; see `temporal.ts` for their use. */
import { bundleWorkflowCode } from '@temporalio/worker';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLockFile } from '../../worker/lockFile';
import { stateDirectory } from '../../worker/server';
import { obtainBinary } from '../../worker/serverBinary';
import { startServer } from '../../worker/serverProcess';
import { endTestServer } from './globalTeardown';

export default async function setUp(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'wattbandit-jest-'));
  process.env.WATTBANDIT_TEST_DIRECTORY = directory;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void endTestServer().then(() => process.kill(process.pid, signal)));
  }
  const set = await Promise.allSettled([bundleWorkflows(directory), startTestServer(directory)]);
  const failure = set.find(({ status }) => status === 'rejected');
  if (failure?.status !== 'rejected') return;
  // jest tears down only what was set up.
  await endTestServer();
  throw failure.reason;
}

/**
 * Not `findServer`: tests stay off whatever server the developer has configured or running. Histories are short, so that a test
 * can reach the end of one.
 */
async function startTestServer(directory: string): Promise<void> {
  const cache = stateDirectory({ env: {} });
  await mkdir(cache, { recursive: true });
  const fetch = { directory: cache, env: process.env, onProgress: console.error };
  const { path } = await withLockFile(join(cache, 'server.lock'), () => obtainBinary(fetch));
  process.env.WATTBANDIT_TEST_BINARY = path;
  const dynamicConfig = { 'limit.historyCount.suggestContinueAsNew': 200 };
  const { address } = await startServer(
    { binary: path, directory, namespace: 'default', ui: false, dynamicConfig },
    async ({ pid }) => void (process.env.WATTBANDIT_TEST_PID = String(pid)),
  );
  process.env.TEMPORAL_TEST_ADDRESS = address;
}

async function bundleWorkflows(directory: string): Promise<void> {
  const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('../../workflows'), logger: quiet });
  process.env.WATTBANDIT_TEST_BUNDLE = join(directory, 'workflows.js');
  await writeFile(process.env.WATTBANDIT_TEST_BUNDLE, code);
}
