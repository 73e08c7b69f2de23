/** What tells one state of this package's code from another, for Worker Deployment Versions that nobody named. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageManifest } from './manifest';

/** Compiled or not, this file lies one folder below. */
const ownCode = join(__dirname, '..');
const folders = ['activities', 'policy', 'simulation', 'worker', 'workflows'];

/**
 * The package's version and a digest of its code. Not of the workflow bundle: its text holds paths of the host that made it, so that
 * two hosts would be of two versions; and activities and policy, which are code too, are not in it.
 */
export function codeBuildId(code = ownCode): string {
  const digest = createHash('sha256');
  for (const file of folders.flatMap((folder) => programsIn(code, folder)))
    digest.update(`${file}\0`).update(readFileSync(join(code, file)));
  return `${packageManifest().version}-${digest.digest('hex').slice(0, 12)}`;
}

function programsIn(code: string, folder: string): readonly string[] {
  return readdirSync(join(code, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'))
    .toSorted();
}
