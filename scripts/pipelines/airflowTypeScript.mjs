/** Airflow's TypeScript SDK, which needs a later Airflow and a later Node than the rest: a task that asks Temporal itself. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/airflowTypeScript.test.ts'];

const source = join(root, 'integrations', 'airflow-ts');
const directory = join(root, '.wattbandit', 'airflow-ts');
const modules = join(directory, 'node_modules');
const database = ['pgserver==0.1.4', 'psycopg2-binary==2.9.13', 'asyncpg==0.32.0'];
/** The packages that hold Node's own binary. */
const nodePackage = `node-${process.platform}-${process.arch}`;
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 22;

export async function install() {
  const packages = [
    'apache-airflow-ts-sdk@0.1.0-beta1',
    'esbuild@0.28.2',
    ...(isNewEnough ? [] : [`${nodePackage}@22`]),
  ];
  mkdirSync(directory, { recursive: true });
  if (!existsSync(join(directory, 'package.json'))) writeFileSync(join(directory, 'package.json'), '{}');
  execFileSync('npm', ['install', '--silent', '--prefix', directory, ...packages], { stdio: ['ignore', 2, 2] });
  checkTypes();
  return {
    AIRFLOW_TS_PYTHON: await obtainPython('airflow-typescript', ['--pre', 'apache-airflow==3.4.0b2', ...database]),
    AIRFLOW_TS_NODE: isNewEnough ? process.execPath : join(modules, nodePackage, 'bin', 'node'),
    AIRFLOW_TS_BUNDLE: bundle(),
  };
}

/** `wattbandit` is this repository, as it was built. */
const outside = join(root, 'dist', 'worker', 'outsideRuns');

function checkTypes() {
  const paths = {
    'apache-airflow-ts-sdk': [join(modules, 'apache-airflow-ts-sdk', 'dist', 'index.d.ts')],
    'wattbandit/outside': [`${outside}.d.ts`],
    '@temporalio/*': [join(root, 'node_modules', '@temporalio', '*')],
  };
  const compilerOptions = { module: 'esnext', moduleResolution: 'bundler', noEmit: true, incremental: false, paths };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [join(source, '**', '*.ts')] };
  const file = join(directory, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(config));
  execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', file], { stdio: ['ignore', 2, 2] });
}

/** gRPC is CommonJS, and wants `require`. */
function bundle() {
  const file = join(directory, 'bundle.mjs');
  const require = "import { createRequire } from 'node:module'; globalThis.require ??= createRequire(import.meta.url);";
  const args = [
    ...[join(source, 'example', 'main.ts'), '--bundle', '--platform=node', '--target=node22', '--format=esm'],
    ...[`--outfile=${file}`, `--banner:js=${require}`, `--alias:wattbandit/outside=${outside}.js`, '--log-level=error'],
  ];
  const env = { ...process.env, NODE_PATH: `${modules}:${join(root, 'node_modules')}` };
  execFileSync(join(modules, '.bin', 'esbuild'), args, { env, stdio: ['ignore', 2, 2] });
  return file;
}
