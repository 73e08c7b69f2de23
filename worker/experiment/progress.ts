/** How far an experiment is, as its workflows tell while a worker is there to ask. */
import type { Client } from '@temporalio/client';
import {
  type ExperimentInput,
  cellsDone,
  experimentPart,
  experimentPartId,
  partsOf,
} from '../../workflows/experimentMessages';

/** Asks a question, and answers undefined if nobody does in time. */
export type Ask = <T>(question: () => Promise<T>) => Promise<T | undefined>;

/** In cells; undefined if nobody answers. */
export async function progressOf(client: Client, input: ExperimentInput, ask: Ask): Promise<number | undefined> {
  const part = await ask(() => client.workflow.getHandle(input.id).query(experimentPart));
  if (part === undefined) return undefined;
  const done = await ask(() => client.workflow.getHandle(experimentPartId(input.id, part)).query(cellsDone));
  return (partsOf(input)[part]?.from ?? 0) + (done ?? 0);
}
