/**
 * `node scripts/kfpTypes.mjs <kfp_api_single_file.swagger.json>`: the types of what we ask of Kubeflow Pipelines, and the part of its
 * document that they come from. The document is `backend/api/v2beta1/swagger/` of github.com/kubeflow/pipelines, in no package.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './prepare.mjs';

const used = {
  '/apis/v2beta1/experiments': ['get', 'post'],
  '/apis/v2beta1/pipelines/names/{name}': ['get'],
  '/apis/v2beta1/pipelines/{pipeline_id}/versions': ['get'],
  '/apis/v2beta1/runs': ['get', 'post'],
  '/apis/v2beta1/runs/{run_id}': ['get'],
  '/apis/v2beta1/runs/{run_id}:terminate': ['post'],
};
const documentFile = join(root, 'test', 'support', 'kubeflowPipelines.swagger.json');
const typesFile = join(root, 'activities', 'training', 'kubeflowPipelines', 'api.ts');

const whole = JSON.parse(readFileSync(resolve(process.argv[2]), 'utf8'));
const paths = Object.fromEntries(
  Object.entries(used).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((m) => [m, whole.paths[path][m]])),
  ]),
);
const document = { swagger: whole.swagger, info: whole.info, paths, definitions: definitionsOf(paths) };
writeFileSync(documentFile, `${JSON.stringify(document, null, 2)}\n`);

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-kfp-types-'));
try {
  // Not of this package: they want another TypeScript than ours.
  const tools = ['swagger2openapi@7.0.8', 'openapi-typescript@7.13.0', 'typescript@5.9.3'];
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', directory, ...tools]);
  const bin = (name) => join(directory, 'node_modules', '.bin', name);
  execFileSync(bin('swagger2openapi'), [documentFile, '-o', join(directory, 'openapi.json')]);
  const types = execFileSync(bin('openapi-typescript'), [join(directory, 'openapi.json'), '--immutable'], {
    encoding: 'utf8',
  });
  const head = `/* Kubeflow Pipelines API ${whole.info.version} (Apache-2.0), by scripts/kfpTypes.mjs; not written by hand. */\n`;
  writeFileSync(typesFile, head + types.replace(/^\/\*\*[\s\S]*?\*\/\n/, ''));
  execFileSync('npx', ['prettier', '--write', typesFile, documentFile], { cwd: root });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function definitionsOf(part, found = {}) {
  for (const [, name] of JSON.stringify(part).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (name in found) continue;
    found[name] = whole.definitions[name];
    definitionsOf(found[name], found);
  }
  return found;
}
