/**
 * Where leases lie: one path for all workers of a host, or they would not see each other's locks.
 *
 * `/run/wattbandit` where this user may write: of all users, and empty after a boot, as the limits are. An administrator who
 * wants several unprivileged users to share GPUs creates it for their group. Else `/var/tmp/wattbandit-<user id>`: not
 * XDG_RUNTIME_DIR, which goes at logout while a worker may stay; not /tmp, which services often have to themselves.
 */
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const shared = '/run/wattbandit';

export async function defaultLeaseDirectory(): Promise<string> {
  const chosen = process.env['WATTBANDIT_LEASES'];
  if (chosen) return resolve(chosen);
  const user = userId();
  if (process.platform === 'linux' && (user === 0 || (await isWritable(shared)))) return shared;
  return join('/var/tmp', `wattbandit-${user}`);
}

/** @throws if others may write there: a planted journal would set power limits with this worker's privileges */
export async function openLeaseDirectory(given?: string): Promise<string> {
  const path = given === undefined ? await defaultLeaseDirectory() : resolve(given);
  await mkdir(path, { recursive: true, mode: 0o770 });
  if (isOpenToOthers(await stat(path))) {
    throw new Error(
      `Cannot keep leases in ${path}: others may write there; chown it to root or this user and chmod o-w.`,
    );
  }
  return path;
}

export function isOpenToOthers({ mode, uid }: { readonly mode: number; readonly uid: number }): boolean {
  return (mode & othersMayWrite) !== 0 || (uid !== 0 && uid !== userId());
}

const othersMayWrite = 0o002;

function userId(): number {
  return process.getuid?.() ?? 0;
}

function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
