/** What there is to play of a sweep file, on which recordings, and how it is cut up for workers. */
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { provenanceOf } from '../../activities/experiment';
import { type Cell, type Sweep, cellsOf, sweepSchema, worldsOf } from '../../simulation/sweep';
import { type ExperimentInput, type Provenance, experimentId } from '../../workflows/experimentMessages';
import { packagedTraces } from '../packaged';
import { readYamlFile } from '../yamlFile';
import { ownVersions } from './versions';

export interface Plan {
  readonly sweep: Sweep;
  readonly cells: readonly Cell[];
  readonly provenance: Provenance;
  /** Undefined: those of the package, wherever that is installed. */
  readonly tracesDirectory: string | undefined;
  /** How many recurrences will be played, about. */
  readonly recurrences: number;
}

/** @throws InvalidFile, and SimulationError for recordings that lack what the sweep names */
export async function readPlan(file: string): Promise<Plan> {
  const sweep = await readYamlFile(file, sweepSchema);
  return planOf(sweep, sweep.traces === undefined ? undefined : resolve(dirname(file), sweep.traces));
}

export function planOf(sweep: Sweep, tracesDirectory?: string): Plan {
  const directory = tracesDirectory ?? packagedTraces;
  const cells = cellsOf(sweep, worldsOf(sweep, directory));
  const provenance = provenanceOf(ownVersions(), sweep.synthetic === undefined ? directory : null);
  return { sweep, cells, provenance, tracesDirectory, recurrences: cells.length * sweep.seeds * longestOf(sweep) };
}

/** A length that depends on the job is about this one with Zeus's. */
const usualLength = 130;

function longestOf({ recurrences }: Sweep): number {
  return Math.max(...recurrences.map((length) => (typeof length === 'number' ? length : usualLength)));
}

/** A chunk is a few seconds of work. Rows are about 600 bytes, and what a workflow returns must stay below 2 MB. */
const recurrencesPerChunk = 30_000;
const rowsPerChunk = 200;
const rowsPerPart = 1500;

export function inputFor({ cells, provenance, sweep, tracesDirectory }: Plan, concurrency: number): ExperimentInput {
  const rows = sweep.recurrences.length;
  const byWork = Math.floor(recurrencesPerChunk / (sweep.seeds * longestOf(sweep)));
  const cellsPerChunk = Math.max(1, Math.min(byWork, Math.floor(rowsPerChunk / rows)));
  const chunksPerPart = Math.max(1, Math.floor(rowsPerPart / (cellsPerChunk * rows)));
  const played = { sweep, provenance, cells: cells.length, cellsPerChunk, chunksPerPart };
  const digest = createHash('sha256').update(JSON.stringify(played)).digest('hex').slice(0, 12);
  return {
    id: experimentId(sweep.name, digest),
    ...played,
    ...(tracesDirectory !== undefined && { tracesDirectory }),
    concurrency,
  };
}
