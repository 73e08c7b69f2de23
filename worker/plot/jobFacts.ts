/** What a job knows, for pictures of it: from its bandit, or out of its log. */
import { jobFor, learnedBy, policyFor } from '../../activities/decide';
import { wattbandit } from '../../policy';
import type { Gpus, Job, Observation } from '../../policy/facts';
import { type Memory, gpuOf } from '../../policy/memory';
import { sortImports } from '../../workflows/imports';
import type { Attempt, Facts, Ledger } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import type { LogEntry } from '../replay/log';
import { type Recollection, after, begin } from '../replay/recollection';
import type { Choice } from './tradeOff';

export interface JobFacts {
  readonly job: Job;
  readonly gpuCount: number;
  /** Of the latest decision, else the job's own. */
  readonly eta: number;
  readonly memory: Memory;
  readonly chosen: Choice | null;
  /** That can be read back, oldest first. */
  readonly runs: readonly Run[];
}

/** What pictures show of a single run. */
type Run = Pick<Observation, 'gpuModel' | 'batchSize' | 'grid'>;

function runOf({ gpuModel, batchSize, grid }: Observation): Run {
  return { gpuModel, batchSize, ...(grid === undefined ? {} : { grid }) };
}

/** A job of another policy is seen through its latest runs. */
export function factsOfJob({ spec, memory, since }: Facts, { slots }: Ledger): JobFacts {
  const job = jobFor(spec);
  const attempts = slots.flatMap((slot) => slot.attempts);
  const told = attempts.flatMap(({ observation, answer }) =>
    observation === undefined || answer?.counted === false ? [] : [observation],
  );
  const isOurs = spec.policy.name === wattbandit.name;
  const before = isOurs && memory !== undefined ? wattbandit.recall(memory) : wattbandit.begin(job);
  return {
    job,
    gpuCount: spec.gpus.count * (spec.gpus.hosts ?? 1),
    eta: attempts.at(-1)?.decision.objective.eta ?? spec.objective.eta,
    memory: learnedFrom(before, isOurs ? since : told, job),
    chosen: choiceOf(attempts.at(-1)),
    runs: told.map((observation) => runOf(since.find(({ id: other }) => other === observation.id) ?? observation)),
  };
}

function learnedFrom(memory: Memory, observations: readonly Observation[], job: Job): Memory {
  return observations.reduce((known, observation) => wattbandit.observe(known, observation, job), memory);
}

function choiceOf(attempt: Attempt | undefined): Choice | null {
  const powerLimitWatts = attempt?.observation?.powerLimitWatts ?? attempt?.decision.powerLimitWatts ?? null;
  return attempt === undefined || powerLimitWatts === null
    ? null
    : { batchSize: attempt.decision.batchSize, powerLimitWatts };
}

/** Of a log: what its bandit knew in the end. */
export function factsOfLog(entries: readonly LogEntry[]): JobFacts {
  const [begun, ...rest] = entries;
  if (begun?.type !== 'begun') throw new Error('Cannot draw a log that does not say what it began with.');
  const { known, ledger } = rest.reduce(follow, begin(begun.input));
  return factsOfJob(known, ledger);
}

/** Exports leave out memories, which imports are folded into. */
function follow(state: Recollection, entry: LogEntry): Recollection {
  if (entry.type !== 'import') return after(state, entry);
  const { spec, memory, since } = state.known;
  const { fresh } = sortImports(entry.observations, state.imported, spec);
  return after(state, { ...entry, memory: learnedBy(policyFor(spec), { spec, memory, since: [...since, ...fresh] }) });
}

/** The model asked for, else the latest run's, with the limits that were measured on it: of others it is not known whether they can be set. */
export function gpusOf({ memory, runs, gpuCount, job }: JobFacts, wanted?: string): Gpus {
  const model = wanted ?? runs.at(-1)?.gpuModel ?? Object.keys(memory.gpus)[0];
  const { sizes } = gpuOf(memory, model ?? '');
  const limits = new Set(Object.values(sizes).flatMap(({ limits: measured }) => Object.keys(measured).map(Number)));
  if (model === undefined || limits.size === 0) {
    const known = Object.keys(memory.gpus).join(', ') || 'none';
    throw new WattbanditError(
      'notFound',
      `Cannot draw job ${job.id}: no power limit was measured${wanted === undefined ? '' : ` on ${wanted}`}; GPU models it ran on: ${known}.`,
    );
  }
  return { model, count: gpuCount, powerLimitsWatts: [...limits].toSorted((a, b) => a - b) };
}
