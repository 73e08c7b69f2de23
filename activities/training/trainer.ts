/** The port to training runs. A trainer starts one, tells how it goes, and stops it when told to. */
import type { FailureClass } from '../../policy/facts';
import type { JobSpec } from '../../workflows/contracts';
import type { Reading } from '../gpu/reading';

export interface RunRequest {
  /** The id of the decision: starting the same run twice must not train twice at once. */
  readonly id: string;
  readonly spec: JobSpec;
  readonly batchSize: number;
  readonly gpuUuids: readonly string[];
  /** Absent where one host is all. */
  readonly node?: TrainingNode;
  /** Nothing that a trainer has to see to; for a program that is told of it. */
  readonly terms?: RunTerms;
}

/** What the run was decided under. */
export interface RunTerms {
  /** Of one GPU, watts, as it began; null while it is measured. */
  readonly powerLimitWatts: number | null;
  readonly eta: number;
  readonly costCeilingJoules: number | null;
}

/** One host's place in a run over several. Rank 0 leads: it alone reports. */
export interface TrainingNode {
  readonly rank: number;
  /** By rank. */
  readonly hosts: readonly string[];
}

/** `atSeconds` is monotonic time since the run began, stamped where the event was seen. */
export type TrainingEvent =
  /** Training goes on; `epochs` done so far, with fractions. Several an epoch, so that power can be profiled. */
  | {
      readonly kind: 'progress';
      readonly epochs: number;
      readonly atSeconds: number;
      readonly iterationsPerEpoch?: number | undefined;
    }
  /** An epoch was evaluated. A metric that is not finite never reaches a target. */
  | { readonly kind: 'epoch'; readonly epoch: number; readonly metric: number; readonly atSeconds: number }
  /** The run ended before it was stopped. */
  | { readonly kind: 'failed'; readonly failure: FailureClass; readonly detail: string; readonly atSeconds: number };

/**
 * Where a run stood when its first event was read: further than nothing for one that a dead worker began. `joules` is what its
 * GPUs drew that the meter of this start does not count; below zero where they idled before the trainer began.
 */
export type Outset = Reading;

export interface TrainingRun {
  /** Nothing of all unless given. */
  readonly outset?: Outset;
  /** When `atSeconds` was 0, in seconds of `performance.now()`; absent where time is simulated. */
  readonly beganAtSeconds?: number;
  /**
   * The run was under way before this start, which goes on with it from here, in its own seconds: nobody measured what its GPUs drew
   * since whoever started it was lost. Absent where the trainer itself tells what they drew.
   */
  readonly resumedAtSeconds?: number;
  next(): Promise<TrainingEvent>;
  /** Times a few throw-away steps at another batch size. Absent where the trainer cannot. */
  readonly probe?: (batchSize: number) => Promise<Probe>;
  stop(): Promise<void>;
}

/** `seconds` is the time the probe took, `secondsPerEpoch` what an epoch at that size would take. */
export type Probe =
  | { readonly kind: 'timed'; readonly seconds: number; readonly secondsPerEpoch: number }
  | { readonly kind: 'outOfMemory'; readonly seconds: number }
  /** The trainer cannot train that size at all; the run goes on. */
  | { readonly kind: 'refused'; readonly seconds: number }
  /** The run ended instead: its next event tells how. */
  | { readonly kind: 'ended' };

export interface Trainer {
  /** What `trainer.kind` in a job file must say. */
  readonly kind: string;
  start(request: RunRequest): Promise<TrainingRun>;
}
