/** Brings a clone to where its code can run: dependencies as locked, sources compiled. Does nothing when nothing changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusively.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'policy',
  'simulation',
  'workflows',
  'activities',
  'worker',
  'gateway',
  'tsconfig.json',
  'tsconfig.build.json',
];

export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20))
    throw new Error(`Cannot run on Node ${process.versions.node}: 20.20 is the oldest`);
  await exclusively(join(root, '.wattbandit', 'prepare.lock'), () => {
    if (!isInstalled()) install();
    const wanted = digestOfSources();
    if (!existsSync(join(root, 'dist', wanted))) build(wanted);
  });
}

/** Whether node_modules holds what the lock file says. npm records what it installed; packages for other systems are optional. */
function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && installed[path] === undefined),
  );
}

function packagesIn(file) {
  return existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), 'utf8')).packages : {};
}

function install() {
  console.error('installing dependencies …');
  run('npm', ['ci', '--no-audit', '--no-fund'], 'install the dependencies');
}

/** Compiles beside dist/ and swaps, so that a program running from it never sees half a build. Drafts of builds that were killed go. */
function build(digest) {
  console.error('compiling …');
  for (const draft of readdirSync(root).filter((name) => /^dist\.\d+$/.test(name)))
    rmSync(join(root, draft), { recursive: true });
  const draft = `dist.${process.pid}`;
  try {
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
    run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', draft], 'compile the sources');
    writeFileSync(join(root, draft, digest), '');
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    renameSync(join(root, draft), join(root, 'dist'));
  } finally {
    rmSync(join(root, draft), { recursive: true, force: true });
  }
}

/** What dist/ was compiled from, as the name of a file in it. */
function digestOfSources() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const path of sources.flatMap(filesIn)) hash.update(path).update(readFileSync(join(root, path)));
  return `.built-from-${hash.digest('hex').slice(0, 16)}`;
}

function filesIn(path) {
  if (path.includes('.')) return [path];
  return readdirSync(join(root, path), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((file) => join(path, file));
}

function run(command, args, purpose) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error !== undefined || status !== 0) {
    throw new Error(`Cannot ${purpose}: ${command} ended with ${error?.message ?? signal ?? `status ${status}`}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await prepare().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
