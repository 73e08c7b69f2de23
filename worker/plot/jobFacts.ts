/** What a job knows, for pictures of it: from its bandit, or out of an export. */
import { z } from 'zod';
import { wattbandit } from '../../policy';
import type { Gpus, Job, Observation } from '../../policy/facts';
import { type Memory, gpuOf, recordMeasurements } from '../../policy/memory';
import type { Attempt, Facts, Ledger } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { type ExportedFacts, exportHeader, exportedFacts, jsonOf, unsealed } from '../exportFormat';
import { recordedRun } from './recordedRun';
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
  const { job: id, batchSizes, defaultBatchSize, maxEpochs } = spec;
  const job = { id, batchSizes, defaultBatchSize, maxEpochs };
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

/** Of a decision only what is drawn; what else stands there is not looked at. */
const exportedDecision = z.object({
  type: z.literal('decision'),
  decision: z.object({
    id: z.string(),
    batchSize: z.int().positive(),
    powerLimitWatts: z.number().nullable(),
    objective: z.object({ eta: z.number().min(0).max(1) }),
  }),
});
type ExportedDecision = z.infer<typeof exportedDecision>['decision'];

/** An export does not say under which η its job is; without a decision that does, both count alike. */
const usualEta = 0.5;

/** @throws WattbanditError `invalid` if it is no export, or was cut off or changed */
export function factsOfExport(file: string, text: string): JobFacts {
  const [first = '', ...lines] = linesOf(file, text);
  const header = exportHeader.safeParse(jsonOf(first));
  if (!header.success) throw cannotRead(file, 'its first line is not the header of an export that this version reads');
  const { job: id, batchSizes, defaultBatchSize, maxEpochs, gpuCount } = header.data;
  const job = { id, batchSizes, defaultBatchSize, maxEpochs };
  const told = lines.map(jsonOf);
  const exported = told.flatMap((line) => exportedFacts.safeParse(line).data ?? []);
  const decisions = told.flatMap((line) => exportedDecision.safeParse(line).data?.decision ?? []);
  const runs = told.flatMap(recordedRun);
  const latest = decisions.at(-1);
  return {
    job,
    gpuCount,
    eta: latest?.objective.eta ?? usualEta,
    memory: learnedFrom(measuredBy(exported, job), runs, job),
    chosen: latest === undefined ? null : decidedChoice(latest, runs),
    runs: runs.map(runOf),
  };
}

function linesOf(file: string, text: string): readonly string[] {
  try {
    return unsealed(text);
  } catch (error) {
    throw cannotRead(file, error instanceof Error ? error.message : String(error), error);
  }
}

function cannotRead(file: string, why: string, cause?: unknown): WattbanditError {
  return new WattbanditError('invalid', `Cannot read the history ${file}: ${why}.`, { cause });
}

/** Measurements of profiles are told as such only where the profile went through, or window by window. */
function measuredBy(exported: readonly ExportedFacts[], job: Job): Memory {
  return exported.reduce((memory, line) => {
    if (line.type !== 'measurements') return memory;
    const isWhole = line.measurements.every(({ source }) => source === 'profile');
    return recordMeasurements(memory, line.gpuModel, line.measurements, isWhole ? line.batchSize : undefined);
  }, wattbandit.begin(job));
}

function decidedChoice(
  { id, batchSize, powerLimitWatts }: ExportedDecision,
  runs: readonly Observation[],
): Choice | null {
  const held = runs.find((run) => run.id === id)?.powerLimitWatts ?? powerLimitWatts;
  return held === null ? null : { batchSize, powerLimitWatts: held };
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
