/** What a job knows, for pictures of it: from its bandit, or out of its log. */
import { jobFor, learnedBy, policyFor } from '../../activities/decide';
import { wattbandit } from '../../policy';
import type { Gpus, Job, Observation } from '../../policy/facts';
import { type Memory, gpuOf } from '../../policy/memory';
import { usualStaleAfterSeconds } from '../../policy/signals';
import type { JobSpec } from '../../workflows/contracts';
import { sortImports } from '../../workflows/imports';
import type { Attempt, Facts, Ledger } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import type { LogEntry } from '../replay/log';
import { type Recollection, after, begin } from '../replay/recollection';
import { type Expected, expectedUntil } from './expected';
import { type OrderSpan, orderSpansOf } from './orderSpans';
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
  /** Of a log alone. */
  readonly orders: readonly OrderSpan[];
}

/** What pictures show of a single run. */
interface Run extends Pick<Observation, 'id' | 'gpuModel' | 'batchSize' | 'grid'> {
  /** Of a log alone, where the run followed a grid. */
  readonly expected?: Expected;
}

function runOf({ id, gpuModel, batchSize, grid }: Observation): Run {
  return { id, gpuModel, batchSize, ...(grid === undefined ? {} : { grid }) };
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
    orders: [],
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
  const facts = factsOfJob(known, ledger);
  return { ...facts, runs: runsIn(rest, facts.runs, known.spec), orders: orderSpansOf(entries) };
}

/** The ledger keeps the latest dozen whole; the log has them all, and what was expected when they were decided. */
function runsIn(entries: readonly LogEntry[], known: readonly Run[], { carbon }: JobSpec): readonly Run[] {
  const told = new Map(
    entries.flatMap((entry) =>
      entry.type === 'observation' ? [[entry.observation.id, entry.observation] as const] : [],
    ),
  );
  const views = new Map(
    entries.flatMap((entry) => (entry.type === 'decision' ? [[entry.request.id, entry.request.grid] as const] : [])),
  );
  const staleAfterSeconds = carbon?.staleAfter ?? usualStaleAfterSeconds;
  return known.map((before) => {
    const observation = told.get(before.id);
    const run = observation === undefined ? before : runOf(observation);
    const [view, untilAt] = [views.get(run.id), run.grid?.intervals.at(-1)?.toAt];
    if (view === undefined || untilAt === undefined) return run;
    return { ...run, expected: expectedUntil(view, untilAt, staleAfterSeconds) };
  });
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
