/** Programs that a check needs, from Debian's packages where the system lacks them. */
import { spawnSync } from 'node:child_process';

/** @throws Error if they are neither there nor to be had */
export function obtain(packageName, programs) {
  if (areThere(programs)) return;
  console.error(`installing ${packageName} …`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', packageName]]) {
    const { status, error } = spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0)
      throw new Error(`Cannot install ${packageName}: apt-get ${args[0]} ended with ${error ?? status}`);
  }
  if (!areThere(programs)) throw new Error(`Cannot install ${packageName}: it is not on PATH after its installation.`);
}

function areThere(programs) {
  return programs.every((name) => spawnSync(name, ['--version']).status === 0);
}
