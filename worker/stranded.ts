/**
 * Recurrences that are pinned to a version which nobody serves any more: its last worker was killed, or replaced before they had
 * ended. They go on with the current version, which replays what every version before it recorded.
 */
import { Client } from '@temporalio/client';
import { recurrenceWorkflow } from '../workflows/messages';
import { type Deployed, nameOf } from './deployment';

export interface ServedQueue extends Deployed {
  readonly taskQueue: string;
}

/** Twice as long as a poll takes: a worker that is alive has asked again by then. */
const longSilenceMs = 120_000;

/** Answers how many it moved. What it did not see yet it sees when it looks again. */
export async function moveStranded(queue: ServedQueue, silenceMs = longSilenceMs): Promise<number> {
  const { connection, namespace, taskQueue, version } = queue;
  const { deploymentName } = version;
  const served = await servedBuildIds(queue, Date.now() - silenceMs);
  const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
    namespace,
    deploymentName,
  });
  const { workflow } = new Client({ connection, namespace });
  let moved = 0;
  for (const { deploymentVersion } of workerDeploymentInfo?.versionSummaries ?? []) {
    const buildId = deploymentVersion?.buildId;
    if (!buildId || served.has(buildId)) continue;
    const query = pinnedTo(nameOf({ deploymentName, buildId }), taskQueue);
    for await (const { workflowId, runId } of workflow.list({ query })) {
      await upgrade(queue, { workflowId, runId });
      moved += 1;
    }
  }
  return moved;
}

const pinnedTo = (version: string, taskQueue: string) =>
  [
    `WorkflowType = "${recurrenceWorkflow}"`,
    'ExecutionStatus = "Running"',
    `TaskQueue = "${taskQueue}"`,
    `TemporalWorkerDeploymentVersion = "${version}"`,
    'TemporalWorkflowVersioningBehavior = "Pinned"',
  ].join(' AND ');

/** The server remembers pollers for minutes after they have gone. */
async function servedBuildIds({ connection, namespace, taskQueue, version }: ServedQueue, since: number) {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
  });
  const alive = (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since);
  return new Set(
    alive.flatMap(({ deploymentOptions: of }) =>
      of?.deploymentName === version.deploymentName && of.buildId ? [of.buildId] : [],
    ),
  );
}

interface Execution {
  readonly workflowId: string;
  readonly runId: string;
}

async function upgrade({ connection, namespace }: ServedQueue, workflowExecution: Execution): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
    updateMask: { paths: ['versioning_override'] },
  });
}
