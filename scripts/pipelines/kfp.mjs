/** Kubeflow Pipelines: its SDK, which compiles and runs pipelines, its API's official client, and its API's document. */
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/kfp.test.ts', 'test/pipelines/kubeflowPipelines.test.ts'];

export async function install() {
  const packages = ['kfp==2.17.0', 'kfp-server-api==2.17.3', 'jsonschema==4.26.0', 'mypy==2.4.1'];
  // What the components install in their containers.
  packages.push('--editable', join(root, 'integrations', 'kubeflow'));
  return { KFP_PYTHON: await obtainPython('kfp', packages) };
}
