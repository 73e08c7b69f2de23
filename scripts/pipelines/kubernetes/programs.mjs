/**
 * The real control plane of Kubernetes, compiled from the Go proxy, kept for all clones of this machine. The API server takes seven
 * minutes of CPU and more, so only who asks for it builds: `node scripts/pipelines/kubernetes/programs.mjs`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kubernetes = '1.37.2';
/** Of whose module the definition of TrainJobs is. */
const kubeflowTrainer = '2.0.0';
/** What each program is compiled from. Debian's etcd 3.4 is too old: it refuses watch-list clients. */
const programs = {
  'kube-apiserver': { module: 'k8s.io/kubernetes', version: kubernetes, path: 'cmd/kube-apiserver' },
  'kube-controller-manager': { module: 'k8s.io/kubernetes', version: kubernetes, path: 'cmd/kube-controller-manager' },
  etcd: { module: 'go.etcd.io/etcd/server/v3', version: '3.7.3', path: '' },
  'kube-scheduler': { module: 'k8s.io/kubernetes', version: kubernetes, path: 'cmd/kube-scheduler' },
};

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
export const directory = join(cache, 'wattbandit', `kubernetes-${kubernetes}`);
export const program = (name) => join(directory, name);

/** @returns the names of those that are not there yet */
export function missingPrograms() {
  return [...Object.keys(programs), 'trainJobs.yaml'].filter((name) => !existsSync(program(name)));
}

/** @throws Error if one cannot be compiled */
export function buildPrograms() {
  mkdirSync(directory, { recursive: true });
  for (const name of missingPrograms()) if (name in programs) build(name, programs[name]);
  const { Dir } = downloaded(directory, 'github.com/kubeflow/trainer/v2', kubeflowTrainer);
  copyFileSync(join(Dir, 'manifests/base/crds/trainer.kubeflow.org_trainjobs.yaml'), program('trainJobs.yaml'));
}

/** `go install` refuses a module with replacements, so each program is built from a module that does nothing but require its own. */
function build(name, { module, version, path }) {
  console.error(`compiling ${name} ${version} …`);
  const work = mkdtempSync(join(tmpdir(), 'wattbandit-go-'));
  const draft = join(directory, `${name}.${process.pid}`);
  try {
    const { GoMod } = downloaded(work, module, version);
    writeFileSync(join(work, 'go.mod'), moduleFile(module, version, readFileSync(GoMod, 'utf8')));
    const target = path === '' ? module : `${module}/${path}`;
    go(work, ['build', '-mod=mod', '-trimpath', '-ldflags=-s -w', '-o', draft, target]);
    renameSync(draft, program(name));
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
}

/** Kubernetes replaces its parts by folders of its repository; the same are published as v0 of its own minor version. */
function moduleFile(module, version, theirs) {
  const parts = [...theirs.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map(([, part]) => part);
  const replacements = parts.map((part) => `replace ${part} => ${part} v${version.replace(/^1/, '0')}`);
  const language = /^go .*$/m.exec(theirs)[0];
  const godebug = /^godebug .*$/m.exec(theirs)?.[0] ?? '';
  return ['module build', language, godebug, `require ${module} v${version}`, ...replacements, ''].join('\n');
}

function go(cwd, args) {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: `${process.env.GOFLAGS ?? ''} -p=1` };
  const { status, error } = spawnSync('go', args, { cwd, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`Cannot compile ${args.at(-1)}: go ended with ${error ?? status}`);
}

function downloaded(cwd, module, version) {
  return JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `${module}@v${version}`], { cwd, encoding: 'utf8' }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildPrograms();
