/** `prometheus` and `promtool`, from Debian's packages where the system lacks them. */
import { spawnSync } from 'node:child_process';
import { obtain } from '../debianPackage.mjs';

/** @throws Error if they are neither there nor to be had: a check that cannot be made has failed */
export function obtainPrometheus() {
  obtain('prometheus', ['prometheus', 'promtool']);
}

/** @throws Error with all that it said, unless it is content */
export function promtool(args, { cwd, input } = {}) {
  const { status, error, stdout, stderr } = spawnSync('promtool', args, { cwd, input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool ${args.join(' ')}: ${error ?? `${stdout}${stderr}`}`);
  return stdout;
}
