/** Plays cells of a sweep: seconds of computing, which is why workers that train have nothing to do with it. */
import { setImmediate as others } from 'node:timers/promises';
import { cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { SimulationError } from '../simulation/error';
import { type Row, cellsOf, playCell, worldsOf } from '../simulation/sweep';
import { hashesOf } from '../simulation/tracesHashes';
import { failureTypes } from '../workflows/contracts';
import type { ExperimentInput, Provenance, Range } from '../workflows/experimentMessages';
import { whileBeating } from './heartbeat';

export interface ExperimentHost {
  readonly versions: Pick<Provenance, 'wattbandit' | 'node'>;
  /** Where the recordings lie that come with the package. */
  readonly tracesDirectory: string;
}

export function createExperimentActivities(host: ExperimentHost) {
  return {
    /** The same cells give the same rows on every worker that does not refuse. */
    async playCells(input: ExperimentInput, range: Range): Promise<readonly Row[]> {
      const { sweep, tracesDirectory = host.tracesDirectory } = input;
      return finalIfWrong(async () => {
        refuseOthers(input, provenanceOf(host.versions, input.sweep.synthetic === undefined ? tracesDirectory : null));
        const cells = cellsOf(sweep, worldsOf(sweep, tracesDirectory)).slice(range.from, range.to);
        const rows: Row[] = [];
        const played = () => `${rows.length} rows`;
        await whileBeating(played, async () => {
          for (const cell of cells) rows.push(...(await playCell(sweep, cell, pause)));
        });
        return rows;
      });
    },
  };
}

export type ExperimentActivities = ReturnType<typeof createExperimentActivities>;

/** `directory`: null where nothing recorded is played. */
export function provenanceOf(versions: ExperimentHost['versions'], directory: string | null): Provenance {
  return { ...versions, traces: directory === null ? {} : hashesOf(directory) };
}

/** Heartbeats go out, and a cancellation comes in. */
async function pause(): Promise<void> {
  await others();
  cancellationSignal().throwIfAborted();
}

/** Numbers of two versions must not stand in one table. Another worker may be the right one, so this is tried again. */
function refuseOthers({ id, provenance }: ExperimentInput, own: Provenance): void {
  const differing = (['wattbandit', 'node', 'traces'] as const).find(
    (part) => JSON.stringify(provenance[part]) !== JSON.stringify(own[part]),
  );
  if (differing === undefined) return;
  const [wanted, had] = [provenance, own].map((one) =>
    differing === 'traces' ? Object.values(one.traces).join(' ').slice(0, 12) : one[differing],
  );
  throw new Error(
    `Cannot play cells of ${id}: it wants ${differing} ${wanted}, this worker has ${had}; start a worker that is like it.`,
  );
}

/** Files and sweeps do not mend themselves. */
async function finalIfWrong<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    throw ApplicationFailure.nonRetryable(error.message, failureTypes.invalidRequest);
  }
}
