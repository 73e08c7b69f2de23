/** Compiles test/nvml once per version of its sources: by `cc`, or where there is none by Zig's, from a Python package. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const project = path.resolve(__dirname, '../..');
const sources = path.join(project, 'test/nvml');
const files = ['driver.h', 'driver.c', 'nvmlStub.c', 'control.c', 'fakeNvidiaSmi.c'];
const zig = 'ziglang==0.15.2';
const flags = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-fPIC'];
const libraries = ['-lm', '-lpthread', '-ldl'];

/** The directory that has `libnvidia-ml.so.1`, `nvidia-smi` and `control.so`. */
export function compileNvmlStub(): string {
  const hash = createHash('sha256').update(`${process.arch} ${flags.join(' ')}`);
  for (const file of files) hash.update(readFileSync(path.join(sources, file)));
  const cache = cacheDirectory();
  return once(path.join(cache, `nvml-stub-${hash.digest('hex').slice(0, 12)}`), (directory) =>
    compileInto(directory, compiler(cache)),
  );
}

/** Fills a directory and only then gives it its name. Two suites may do so at once: the first to finish wins. */
function once(directory: string, fill: (directory: string) => void): string {
  if (existsSync(directory)) return directory;
  const fresh = mkdtempSync(`${directory}.`);
  try {
    chmodSync(fresh, 0o755);
    fill(fresh);
    renameSync(fresh, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return directory;
}

function compileInto(directory: string, [command, ...prefix]: readonly [string, ...string[]]): void {
  const compile = (...args: readonly string[]) =>
    execFileSync(command, [...prefix, ...flags, ...args, ...libraries], {
      cwd: sources,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const nvml = path.join(directory, 'libnvidia-ml.so.1');
  compile('-shared', '-Wl,-soname,libnvidia-ml.so.1', '-o', nvml, 'nvmlStub.c', 'driver.c');
  compile('-shared', '-o', path.join(directory, 'control.so'), 'control.c', 'driver.c');
  compile('-Wl,-rpath,$ORIGIN', '-o', path.join(directory, 'nvidia-smi'), 'fakeNvidiaSmi.c', nvml);
}

function compiler(cache: string): readonly [string, ...string[]] {
  if (spawnSync('cc', ['--version']).status === 0) return ['cc'];
  const environment = once(path.join(cache, 'zig'), (directory) => {
    execFileSync('python3', ['-m', 'venv', directory], { stdio: 'inherit' });
    execFileSync(path.join(directory, 'bin/python3'), ['-m', 'pip', 'install', '--quiet', zig], { stdio: 'inherit' });
  });
  return [path.join(environment, 'bin/python3'), '-m', 'ziglang', 'cc'];
}

function cacheDirectory(): string {
  const own = path.join(project, '.wattbandit');
  try {
    mkdirSync(own, { recursive: true });
    accessSync(own, constants.W_OK);
    return own;
  } catch {
    const shared = path.join(tmpdir(), `wattbandit-${process.getuid?.() ?? 'user'}`);
    mkdirSync(shared, { recursive: true });
    return shared;
  }
}
