/** The Temporal CLI through the SDK's own download, which its test environment uses too. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { complaint, run } from './processes';

const sdk = { sdkName: 'sdk-typescript', sdkVersion: '1.24.0' };
const stalledAfterSeconds = 20;

/**
 * The SDK fetches the program only when it starts a server from it, so one is started in memory and ended. In a process of its
 * own: an SDK runtime exists once per process and is the caller's to configure, and a transfer that stalls can be ended.
 */
const script = `
  const [worker, config] = process.argv.slice(1);
  const runtime = require(worker).Runtime.instance();
  runtime.createEphemeralServer(JSON.parse(config)).then(
    (server) => runtime.shutdownEphemeralServer(server),
    (error) => { console.error(error.message); process.exitCode = 1; },
  );
`;

export function downloadedBinary(directory: string): string {
  return join(directory, 'bin', `temporal-${sdk.sdkName}-${sdk.sdkVersion}`);
}

/** @returns the path of the program */
export async function downloadBinary(directory: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const path = downloadedBinary(directory);
  const partial = `${path}.downloading`;
  await mkdir(join(directory, 'bin'), { recursive: true });
  await rm(partial, { force: true });
  const stalled = new AbortController();
  const finished = new AbortController();
  const download = run(process.execPath, ['-e', script, require.resolve('@temporalio/worker'), config(directory)], {
    env,
    signal: signal === undefined ? stalled.signal : AbortSignal.any([stalled.signal, signal]),
  });
  void abortWhenStalled(partial, stalled, finished.signal);
  try {
    await download;
    return path;
  } catch (error) {
    throw new Error(explain(error, stalled.signal.aborted), { cause: error });
  } finally {
    finished.abort();
  }
}

async function abortWhenStalled(file: string, stalled: AbortController, finished: AbortSignal): Promise<void> {
  let size = -1;
  for (let idleSeconds = 0; idleSeconds < stalledAfterSeconds && !finished.aborted; idleSeconds++) {
    await sleep(1000, undefined, { signal: finished }).catch(() => {});
    const now = await stat(file).then(
      (found) => found.size,
      () => -1,
    );
    if (now !== size) idleSeconds = 0;
    size = now;
  }
  if (!finished.aborted) stalled.abort();
}

function explain(error: unknown, stalled: boolean): string {
  if (stalled) return `nothing arrived for ${stalledAfterSeconds} seconds`;
  // The SDK repeats the address with every cause it wraps; the last one is the reason.
  return complaint(error).at(-1)?.split('): ').at(-1) ?? '';
}

function config(directory: string): string {
  return JSON.stringify({
    type: 'dev-server',
    exe: { type: 'cached-download', downloadDir: join(directory, 'bin'), version: 'default', ttl: 86_400_000, ...sdk },
    namespace: 'default',
    ip: '127.0.0.1',
    port: null,
    uiPort: null,
    dbFilename: null,
    ui: false,
    log: { format: 'pretty', level: 'warn' },
    extraArgs: [],
  });
}
