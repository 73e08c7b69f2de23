/** `prometheus` and `promtool`, from Debian's packages where the system lacks them. */
import { spawnSync } from 'node:child_process';

/** @throws Error if they are neither there nor to be had: a check that cannot be made has failed */
export function obtainPrometheus() {
  if (isThere()) return;
  console.error('installing prometheus …');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'prometheus']]) {
    const { status, error } = spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`Cannot install prometheus: apt-get ${args[0]} ended with ${error ?? status}`);
  }
  if (!isThere()) throw new Error('Cannot install prometheus: it is not on PATH after its installation.');
}

function isThere() {
  return ['prometheus', 'promtool'].every((name) => spawnSync(name, ['--version']).status === 0);
}

/** @throws Error with all that it said, unless it is content */
export function promtool(args, { cwd, input } = {}) {
  const { status, error, stdout, stderr } = spawnSync('promtool', args, { cwd, input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}: ${error ?? `${stdout}${stderr}`}`);
  return stdout;
}
