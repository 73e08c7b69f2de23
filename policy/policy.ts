/** A policy: a pure function from facts to a decision. Everything it may know is in its arguments. */
import type { Gpus, Job, Objective, Observation, PowerMeasurement } from './facts';
import type { GridDecision } from './gridDecision';
import type { Pace } from './powerLimit';
import type { Random } from './random';
import type { TrustLevel } from './trust';

/** One request for a decision. */
export interface Ask {
  readonly id: string;
  readonly job: Job;
  readonly gpus: Gpus;
  readonly objective: Objective;
  readonly slot: string;
  /** 1, or more when an earlier run of the same recurrence failed: a retry never explores. */
  readonly attempt: number;
  /** Batch sizes of the decisions whose runs are still open. */
  readonly inFlight: readonly number[];
  /** False while exploration is paused. */
  readonly exploration: boolean;
  /** Recurrences still to come after this one, where somebody knows. */
  readonly remainingRecurrences?: number;
  /** The operator's word. */
  readonly pinnedBatchSize?: number;
}

/** What the policy thought of one batch size when it decided. Costs in joules, `sd` relative (of ln cost). */
export interface Candidate {
  readonly batchSize: number;
  readonly powerLimitWatts: number | null;
  readonly predictedEpochs: number | null;
  readonly predictedCostJoules: number | null;
  readonly predictedSeconds: number | null;
  readonly sd: number | null;
  /** Expected saving per later recurrence if this size is tried now, and the expected price of trying it. */
  readonly gainJoules: number | null;
  readonly priceJoules: number | null;
  /** Why it was or was not taken, in words. */
  readonly verdict: string;
}

/** Sizes to time with a few throw-away steps while the run trains, nearest first in each direction. */
export interface ProbePlan {
  readonly down: readonly number[];
  readonly up: readonly number[];
  /** All probes together may take this share of the expected run. */
  readonly maxShareOfRun: number;
  /** Epochs of the expected run; before anything converged a low guess, so that short runs are not spent on probes. */
  readonly expectedEpochs: number;
  /** A direction ends at a size whose cost per epoch exceeds this multiple of the running size's. */
  readonly maxCostRatio: number;
}

export type DecisionMode = 'first' | 'explore' | 'exploit' | 'pinned' | 'retry';

/** What is kept back from a job that is not trusted fully: the decision that would have been made. */
export interface Withheld {
  readonly level: Exclude<TrustLevel, 'full'>;
  readonly would: Pick<Decision, 'batchSize' | 'powerLimitWatts' | 'mode' | 'reason' | 'costCeilingJoules'>;
}

/** The answer to an {@link Ask}. Survives JSON; recorded, never recomputed. */
export interface Decision {
  readonly id: string;
  readonly policy: string;
  readonly batchSize: number;
  /** Watts per GPU; null: not known yet, profile while it trains and take the best. */
  readonly powerLimitWatts: number | null;
  /** What earlier runs measured of this size at limits that can be set; where the limit is not known, others are still missing. */
  readonly profiled?: readonly PowerMeasurement[];
  /** How slow the chosen limit may make an epoch: the objective's slow-down bound and deadline, for this batch size. */
  readonly pace: Pace;
  /** The run is stopped before its Zeus cost exceeds this; null: never. */
  readonly costCeilingJoules: number | null;
  readonly mode: DecisionMode;
  readonly objective: Objective;
  readonly probes: ProbePlan | null;
  /** One sentence for a person. */
  readonly reason: string;
  /** The best known size at this moment, null before anything converged. */
  readonly incumbent: number | null;
  readonly considered: readonly Candidate[];
  /** Of a job that follows its grid. */
  readonly grid?: GridDecision;
  /** The operator's orders that held, by id. */
  readonly overrides?: readonly string[];
  /** Of a job below full trust. In the shadow no limit is set, whatever it is. */
  readonly withheld?: Withheld;
}

/**
 * `Memory` is plain JSON made of facts; `begin` makes the empty one, `observe` returns a new one and never changes its
 * argument. `decide` changes nothing.
 */
export interface Policy<Memory> {
  readonly name: string;
  begin(job: Job): Memory;
  /** Reads a memory that went through JSON. @throws Error if this version did not write it: nothing is ever begun anew in silence */
  recall(stored: unknown): Memory;
  observe(memory: Memory, observation: Observation, job: Job): Memory;
  /** Without what no decision will need, whatever comes. For after many observations: looking for it may take long. */
  forget?(memory: Memory): Memory;
  decide(memory: Memory, ask: Ask, random: Random): Decision;
}
