/** The environment of a trainer: what wattbandit tells it, and the few variables it inherits. Secrets stay with the worker. */
import { type ProcessSettings, invalidRequest } from './processSettings';
import type { RunRequest } from './trainer';

/** Without these, programs do not find their libraries, their user or their language. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CUDA_HOME',
];

export const reportDescriptor = 3;
export const requestDescriptor = 4;
export const socketVariable = 'WATTBANDIT_REPORT_SOCKET';

/** What wattbandit tells the trainer; also what `${…}` in its command may name. */
export function variablesFor(
  { id, spec, batchSize, gpuUuids, node = { rank: 0, hosts: ['localhost'] } }: RunRequest,
  checkpointDirectory: string,
) {
  return {
    WATTBANDIT_JOB: spec.job,
    WATTBANDIT_RUN_ID: id,
    WATTBANDIT_BATCH_SIZE: String(batchSize),
    WATTBANDIT_DEFAULT_BATCH_SIZE: String(spec.defaultBatchSize),
    WATTBANDIT_MAX_EPOCHS: String(spec.maxEpochs),
    WATTBANDIT_TARGET_METRIC: spec.target.metric,
    WATTBANDIT_TARGET_VALUE: String(spec.target.value),
    WATTBANDIT_TARGET_DIRECTION: spec.target.direction,
    WATTBANDIT_CHECKPOINT_DIR: checkpointDirectory,
    WATTBANDIT_GPU_UUIDS: gpuUuids.join(','),
    WATTBANDIT_NODE_RANK: String(node.rank),
    WATTBANDIT_NODE_HOSTS: node.hosts.join(','),
    WATTBANDIT_REPORT_FD: String(reportDescriptor),
    WATTBANDIT_REQUEST_FD: String(requestDescriptor),
  };
}

/** @throws ApplicationFailure `InvalidRequest` if the job wants a variable that this worker does not have */
export function inheritedBy(job: string, { env }: ProcessSettings, own: NodeJS.ProcessEnv): Record<string, string> {
  const missing = env.filter((name) => own[name] === undefined);
  if (missing.length > 0) {
    throw invalidRequest(
      `Cannot train job ${job}: trainer.env wants ${missing.join(', ')}, which this worker does not have; set it for the worker.`,
    );
  }
  const entries = [...inherited, ...env].flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
