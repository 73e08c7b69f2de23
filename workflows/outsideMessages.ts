/** The messages between the bandit of a job and those who train its runs elsewhere. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Gpus, Observation } from '../policy/facts';
import type { JobSpec } from './contracts';
import type { Attempt, TellAnswer } from './messages';

/** Asks for the decision of a run. With neither `key` nor `slot`, it is another run each time. */
export interface OutsideAsk {
  /** What whoever asks calls the run: asked again under it, the answer is the same. */
  readonly key?: string;
  /** Of the recurrence that the run belongs to; the bandit names one unless given. */
  readonly slot?: string;
  /** 1 unless given; more only with `slot`. */
  readonly attempt?: number;
  /** Those of `trainer.gpus` of the job unless given. */
  readonly gpus?: Gpus;
}

/** A run by the id of its decision, or by the how-manyth decision of the job it was. */
export type RunName = { readonly id: string } | { readonly number: number };

export interface OutsideRun {
  readonly slot: string;
  readonly attempt: number;
  /** Without what was considered. */
  readonly run: Attempt;
  readonly job: Pick<JobSpec, 'maxEpochs' | 'target' | 'trainer'>;
  /** Latest runs of its batch size in a row that ended, or were lost, before they measured anything. */
  readonly lostInARow: number;
}

/** What came of a run; what is left out is the decision's. */
export interface OutsideTell extends Omit<Observation, Unsaid> {
  readonly batchSize?: number;
  readonly powerLimitWatts?: number;
  readonly gpuModel?: string;
}

type Unsaid = 'slot' | 'attempt' | 'batchSize' | 'powerLimitWatts' | 'gpuModel' | 'grid' | 'leases' | 'imported';

/** `run` holds what was told first. */
export interface OutsideTold {
  readonly answer: TellAnswer;
  readonly run: OutsideRun;
}

/** Runs that died early one after the other say something about their batch size; so many, that it does not fit. */
export const mostLostInARow = 3;

export const askOutside = defineUpdate<OutsideRun, [OutsideAsk]>('askOutside');
export const tellOutside = defineUpdate<OutsideTold, [OutsideTell]>('tellOutside');
/** Null if no such run is remembered. */
export const outsideRun = defineQuery<OutsideRun | null, [RunName]>('outsideRun');
