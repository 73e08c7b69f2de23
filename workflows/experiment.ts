/**
 * A sweep of simulations over workers. Each part is a child workflow whose result stays on the server, so that neither this history
 * nor what is carried through continue-as-new grows with the experiment; a part that is done is never played again.
 */
import { WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/common';
import {
  ParentClosePolicy,
  continueAsNew,
  executeChild,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ExperimentActivities } from '../activities/experiment';
import type { Row } from '../simulation/sweep';
import {
  type ExperimentInput,
  type ExperimentSummary,
  type Range,
  cellsDone,
  cut,
  experimentPart as partQuery,
  experimentPartId,
  experimentPartWorkflow,
  partsOf,
} from './experimentMessages';

/** A worker that died is noticed after the heartbeat timeout. A chunk is seconds of work; one job with very many seeds takes longer. */
const { playCells } = proxyActivities<ExperimentActivities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '20s',
  retry: { maximumInterval: '10s' },
});

export async function experiment(input: ExperimentInput): Promise<ExperimentSummary> {
  const parts = partsOf(input);
  const first = input.part ?? 0;
  let current = first;
  setHandler(partQuery, () => current);
  for (const [part, range] of parts.entries()) {
    if (part < first) continue;
    current = part;
    setCurrentDetails(`Part ${part + 1} of ${parts.length}, ${input.cells} cells in all`);
    if (part > first && workflowInfo().continueAsNewSuggested)
      return continueAsNew<typeof experiment>({ ...input, part });
    await playPart(input, part, range);
  }
  setCurrentDetails(`All ${input.cells} cells are done`);
  return { parts: parts.length, cells: input.cells };
}

/** One that an earlier attempt at the experiment finished is there already. */
async function playPart(input: ExperimentInput, part: number, range: Range): Promise<void> {
  try {
    await executeChild(experimentPartWorkflow, {
      workflowId: experimentPartId(input.id, part),
      args: [input, range],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** The rows of its cells, in their order. */
export async function experimentPart(input: ExperimentInput, range: Range): Promise<readonly Row[]> {
  const chunks = cut(range, input.cellsPerChunk);
  const rows: (readonly Row[])[] = chunks.map(() => []);
  const waiting = [...chunks.entries()];
  let done = 0;
  setHandler(cellsDone, () => done);
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, chunk] = next;
      const summary = `cells ${chunk.from} to ${chunk.to - 1}`;
      rows[at] = await playCells.executeWithOptions({ summary }, [input, chunk]);
      done += chunk.to - chunk.from;
      setCurrentDetails(`${done} of ${range.to - range.from} cells are done`);
    }
  };
  await Promise.all(Array.from({ length: input.concurrency }, lane));
  return rows.flat();
}
