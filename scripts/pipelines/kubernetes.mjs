/** Kubernetes: a real API server with its controllers and scheduler; pods run as processes of this machine. */
import { directory, missingPrograms } from './kubernetes/programs.mjs';

export const tests = ['test/pipelines/kubernetes.test.ts', 'test/pipelines/kubernetesRecurrence.test.ts'];

export async function install() {
  const missing = missingPrograms();
  if (missing.length === 0) return { KUBERNETES_PROGRAMS: directory };
  const remedy =
    'node scripts/pipelines/kubernetes/programs.mjs compiles it once for this machine, which takes ten minutes of CPU';
  return { skipped: `${missing.join(', ')} is not compiled here; ${remedy}` };
}
