/**
 * What is remembered of a job: joules, seconds, epochs and outcomes. Never a cost, a score or a belief:
 * those are derived at each decision, under the objective of that moment.
 */

/** How a run can end without reaching its target. */
export const failureClasses = [
  'diverged',
  'tooDear',
  'outOfMemory',
  'infrastructure',
  'preempted',
  'operator',
] as const;
export type FailureClass = (typeof failureClasses)[number];

/** The failures that say something about the batch size. The others are nobody's fault and teach nothing. */
export const teachingFailures: readonly FailureClass[] = ['diverged', 'tooDear', 'outOfMemory'];

export type Outcome = 'converged' | FailureClass;

/** What may be chosen, and where a run ends at the latest. `batchSizes` ascends and contains `defaultBatchSize`. */
export interface Job {
  readonly id: string;
  readonly batchSizes: readonly number[];
  readonly defaultBatchSize: number;
  readonly maxEpochs: number;
}

/** The GPUs of one run. Limits are watts of one GPU, ascending; the same limit holds on all `count` of them. */
export interface Gpus {
  readonly model: string;
  readonly count: number;
  readonly powerLimitsWatts: readonly number[];
}

/** What a run is to be good at. η: 0 only time matters, 1 only energy. */
export interface Objective {
  readonly eta: number;
  /** Upper bound on time to accuracy, as a multiple of the default batch size's at maximum power; at least 1. */
  readonly maxSlowdown?: number;
  /** The run should end within this time; wins over everything else. */
  readonly deadlineSeconds?: number;
}

/** How fast one batch size trains and what it draws under one power limit. `averageWatts` is the sum over the GPUs. */
export interface PowerMeasurement {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
  readonly secondsPerEpoch: number;
  readonly averageWatts: number;
  /** `profile`: a window while this size trained; `probe`: a few throw-away steps; `run`: the average of a whole run. */
  readonly source: 'profile' | 'probe' | 'run';
  /**
   * Why it may be wrong; absent where nothing speaks against it. `drift`: one limit measured twice was not the same; `aliasing`:
   * iterations kept step with the sampling of power; `disturbed`: heat, a brake or another limit, each time it was tried.
   */
  readonly doubt?: 'drift' | 'aliasing' | 'disturbed';
}

/** Epochs and draws beyond these bounds, in seconds and watts, are mistakes; their costs would leave the range of numbers. */
const PLAUSIBLE = { least: 1e-9, most: 1e9 };

/** False of what cannot be: zero, negative, not a number, or beyond all bounds. */
export function isPlausible({ secondsPerEpoch, averageWatts }: PowerMeasurement): boolean {
  return [secondsPerEpoch, averageWatts].every((value) => value >= PLAUSIBLE.least && value <= PLAUSIBLE.most);
}

/** How long a run held one power limit, and what all its GPUs drew meanwhile. */
export interface LimitHeld {
  readonly powerLimitWatts: number;
  readonly seconds: number;
  readonly joules: number;
}

/** What a run drew while one reading of its grid held, and the weight that it trained under meanwhile. */
export interface GridInterval {
  readonly fromAt: string;
  readonly toAt: string;
  readonly seconds: number;
  readonly joules: number;
  readonly eta: number;
  /** gCO₂eq/kWh, or money per kWh where the signal is a price; null where nobody could tell. */
  readonly perKwh: number | null;
  /** As the provider said: `estimated` and `forecast` may still be revised. */
  readonly status: 'observed' | 'estimated' | 'forecast' | 'unknown';
  /** The limit that was held longest meanwhile; absent from runs of version 0.1. */
  readonly powerLimitWatts?: number;
}

/** Which signal of which grid a run followed, and what it drew when. */
export interface GridRecord {
  readonly provider: string;
  readonly zone: string;
  readonly kind: 'average' | 'marginal' | 'price';
  /** Of `perKwh`: gCO2eq/kWh, or EUR/kWh and the like. */
  readonly unit: string;
  /** Whether building plants and mining fuel counts too; null where the provider does not say. */
  readonly factorType: 'lifecycle' | 'direct' | null;
  /** In order, without gaps; long runs keep coarser ones, whose products of energy and signal are the same. */
  readonly intervals: readonly GridInterval[];
  readonly limits: readonly LimitHeld[];
  /** What each limit would have been like, as far as it was measured. */
  readonly profile: readonly LimitSpeed[];
  /** How much the price of time had been moved to hold the job's slow-down budget; 1 without one. */
  readonly priceFactor: number;
}

export type LimitSpeed = Pick<PowerMeasurement, 'powerLimitWatts' | 'secondsPerEpoch' | 'averageWatts'>;

/** Fields of an observation that a source of imports may not know; they are 0 then. */
export type UnknownField = 'epochs' | 'powerLimitWatts';

/** Says of an observation that no run of this job made it. */
export interface Imported {
  /** For people: kind of source and job there, as `zeus-sqlite mnist-1a2b`. */
  readonly from: string;
  /** How many runs of this job it is worth: above 0, at most 1. */
  readonly weight: number;
  readonly unknown?: readonly UnknownField[];
}

/** What one run did to the power limit of one GPU, and what became of it when the run let go. */
export interface LeaseRecord {
  readonly gpuUuid: string;
  /** Absent where the run changed nothing. */
  readonly priorWatts?: number;
  /** Set, or about to be set, each once. */
  readonly setWatts: readonly number[];
  /** `kept`: not put back yet, the host's sentinel or next start tries again; `foreign`: somebody else moved it, which stays. */
  readonly outcome: 'untouched' | 'restored' | 'already' | 'rebooted' | 'foreign' | 'bad' | 'kept';
  /** In force afterwards, where that is known. */
  readonly watts?: number;
  readonly why?: string;
  /** Left by a run that died before, and settled before this one began. */
  readonly debt?: true;
}

/** What came of one run. */
export interface Observation {
  /** The decision that it answers. */
  readonly id: string;
  readonly slot: string;
  /** 1 for the first run of a recurrence, 2 and more for retries. */
  readonly attempt: number;
  readonly gpuModel: string;
  readonly batchSize: number;
  /** The limit held last. */
  readonly powerLimitWatts: number;
  readonly outcome: Outcome;
  /** What went wrong, for people. */
  readonly detail?: string;
  /** Whole epochs paid for. */
  readonly epochs: number;
  /** The run used up the job's `maxEpochs`. */
  readonly reachedEpochLimit: boolean;
  readonly seconds: number;
  readonly joules: number;
  readonly measurements: readonly PowerMeasurement[];
  /** Batch sizes that ran out of memory when they were probed. */
  readonly outOfMemoryBatchSizes?: readonly number[];
  /** Of a run that followed its grid. */
  readonly grid?: GridRecord;
  /** Of the GPUs of the leading host; for the audit, neither remembered nor learned from. */
  readonly leases?: readonly LeaseRecord[];
  readonly imported?: Imported;
}
