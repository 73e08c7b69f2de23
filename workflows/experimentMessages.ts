/** What an experiment is started with, what it tells while it runs, and how its workflows are called. */
import { defineQuery } from '@temporalio/workflow';
import type { Sweep } from '../simulation/sweep';
import type { Hashes } from '../simulation/tracesHashes';

/** What numbers depend on besides the sweep: a worker that differs in any of it refuses to play. */
export interface Provenance {
  readonly wattbandit: string;
  /** `Math.pow` differs between versions. */
  readonly node: string;
  /** Empty for made-up jobs. */
  readonly traces: Hashes;
}

export interface ExperimentInput {
  readonly id: string;
  readonly sweep: Sweep;
  readonly provenance: Provenance;
  /** On every worker; Zeus's recordings in the package unless given. */
  readonly tracesDirectory?: string;
  readonly cells: number;
  /** Cells that one activity plays, and activities of one part. */
  readonly cellsPerChunk: number;
  readonly chunksPerPart: number;
  /** Activities at once. */
  readonly concurrency: number;
  /** The part to go on with after continue-as-new. */
  readonly part?: number;
}

/** Cells `from` to `to`, without the latter. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface ExperimentSummary {
  readonly parts: number;
  readonly cells: number;
}

export const experimentWorkflow = 'experiment';
export const experimentPartWorkflow = 'experimentPart';

export const experimentIdBase = 'wattbandit/experiment/';
/** `digest`: of everything the numbers depend on, so that the same experiment is the same workflow. */
export const experimentId = (name: string, digest: string) => `${experimentIdBase}${name}-${digest}`;
export const experimentPartId = (id: string, part: number) => `${id}/part-${part}`;

/** The part that is played now; and, asked of a part, how many of its cells are done. */
export const experimentPart = defineQuery<number>('part');
export const cellsDone = defineQuery<number>('cellsDone');

export function partsOf({ cells, cellsPerChunk, chunksPerPart }: ExperimentInput): readonly Range[] {
  return cut({ from: 0, to: cells }, cellsPerChunk * chunksPerPart);
}

export function cut({ from, to }: Range, size: number): readonly Range[] {
  const count = Math.ceil((to - from) / size);
  return Array.from({ length: count }, (_, at) => ({
    from: from + at * size,
    to: Math.min(from + (at + 1) * size, to),
  }));
}
