/** Python programs of PyPI, each set in a virtual environment of its own under `.wattbandit/python`, installed once. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { root } from './prepare.mjs';

const cache = join(root, '.wattbandit', 'python');

/**
 * `requirements`: as pip takes them, versions pinned. Other requirements under the same name replace the environment.
 * @returns the path of its `python`
 * @throws Error with pip's own words
 */
export async function obtainPython(name, requirements, { python = 'python3' } = {}) {
  const venv = join(cache, name);
  const program = join(venv, 'bin', 'python');
  const digest = createHash('sha256')
    .update(JSON.stringify([python, requirements]))
    .digest('hex');
  const installed = join(venv, `.installed-${digest.slice(0, 16)}`);
  mkdirSync(cache, { recursive: true });
  await exclusively(join(cache, `${name}.lock`), () => {
    if (existsSync(installed)) return;
    console.error(`installing ${requirements.join(', ')} …`);
    rmSync(venv, { recursive: true, force: true });
    run(python, ['-m', 'venv', venv]);
    run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]);
    writeFileSync(installed, '');
  });
  return program;
}

function run(program, args) {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 2, 'pipe'] });
  if (status !== 0)
    throw new Error(`Cannot run ${program} ${args.slice(0, 3).join(' ')}: ${error?.message ?? stderr.trim()}`);
}
