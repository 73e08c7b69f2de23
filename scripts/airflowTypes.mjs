/**
 * Types of what we say to Airflow and it answers, out of the OpenAPI document inside its wheel, cut to the operations used:
 * `node scripts/airflowTypes.mjs`. openapi-typescript needs the compiler API, which TypeScript 7 has not: both are fetched here.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from './prepare.mjs';

const airflow = '3.3.2';
const document = 'airflow/api_fastapi/core_api/openapi/v2-rest-api-generated.yaml';
const target = join(root, 'activities', 'training', 'airflow', 'openapi.ts');

const dag = '/api/v2/dags/{dag_id}';
const run = `${dag}/dagRuns/{dag_run_id}`;
const task = `${run}/taskInstances/{task_id}`;
const used = {
  [dag]: ['get', 'patch'],
  [`${dag}/dagRuns`]: ['post'],
  [run]: ['get', 'patch'],
  [task]: ['get'],
  [`${task}/xcomEntries/{xcom_key}`]: ['get'],
};

/** Refusals are read as whatever they are. */
function answersOnly({ responses, ...operation }) {
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return { ...operation, responses: Object.fromEntries(answers) };
}

function schemasBehind(part, all, found = new Set()) {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    schemasBehind(all[name], all, found);
  }
  return found;
}

function cut({ openapi, info, paths, components }) {
  const kept = Object.entries(used).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, answersOnly(paths[path][method])])),
  ]);
  const names = [...schemasBehind(kept, components.schemas)].toSorted((a, b) => a.localeCompare(b, 'en'));
  const schemas = Object.fromEntries(names.map((name) => [name, components.schemas[name]]));
  const { title, version } = info;
  return { openapi, info: { title, version }, paths: Object.fromEntries(kept), components: { schemas } };
}

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-airflow-types-'));
const call = (program, ...args) =>
  execFileSync(program, args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
try {
  call('python3', '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', '.', `apache-airflow-core==${airflow}`);
  const [wheel] = readdirSync(directory).filter((name) => name.endsWith('.whl'));
  call('python3', '-m', 'zipfile', '-e', wheel, '.');
  writeFileSync(join(directory, 'cut.yaml'), stringify(cut(parse(readFileSync(join(directory, document), 'utf8')))));
  call('npm', 'install', '--silent', '--prefix', '.', 'openapi-typescript@7.13.0', 'typescript@5.9.3');
  call(join('node_modules', '.bin', 'openapi-typescript'), 'cut.yaml', '--output', 'types.ts', '--immutable');
  const types = readFileSync(join(directory, 'types.ts'), 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\n/, '');
  const head = `/**
 * Apache Airflow's stable REST API, cut to the operations used here. Made by scripts/airflowTypes.mjs from the OpenAPI document of
 * apache-airflow-core ${airflow} (Apache License 2.0, see NOTICE). Not to be edited.
 */
`;
  writeFileSync(target, head + types);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
execFileSync('npx', ['prettier', '--write', target], { cwd: root, stdio: 'inherit' });
