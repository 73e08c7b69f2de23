/** Holds the rows of a source against the job that is to learn from them: what is taken, what counts for less, what is dropped. */
import { createHash } from 'node:crypto';
import { type Observation, type UnknownField, teachingFailures } from '../../policy/facts';
import type { JobSpec } from '../../workflows/contracts';
import { longestDetail } from '../../workflows/messages';
import { doubtImported } from '../../workflows/plausible';
import { isModel } from '../../workflows/wellFormed';
import type { Donor, ReadRow, Row, Source } from './rows';

/** The runs of a donor count at most for so many of the job's own at each batch size: a warm start, not a verdict. */
export const donorRuns = 5;
/** What may be wrong counts half. */
const doubtfulShare = 0.5;
/** Power meters and limits have their errors. */
const tolerance = 1.1;

export interface Assessed {
  readonly place: string;
  readonly verdict: 'taken' | 'doubtful' | 'dropped';
  /** Why it is doubtful or dropped, or what of it is left out; empty where there is nothing to say. */
  readonly why: string;
  readonly observation: Observation | null;
}

/** What the person knows and the source may not. */
export interface Told {
  /** Instead of what the source calls it. */
  readonly gpuModel?: string;
  /** Of runs whose limit the source does not say. */
  readonly powerLimitWatts?: number;
}

export function assess({ donor, rows }: Source, spec: JobSpec, told: Told): readonly Assessed[] {
  const general = doubtsOf(donor, spec);
  const assessed = rows.map((row) => assessRow(row, { donor, spec, told, general }));
  const taught = assessed.flatMap(({ observation }) =>
    observation !== null && teaches(observation) ? observation : [],
  );
  return assessed.map((row) => weighed(row, taught));
}

interface Circumstances {
  readonly donor: Donor;
  readonly spec: JobSpec;
  readonly told: Told;
  /** Doubts about all rows. */
  readonly general: readonly string[];
}

function assessRow(row: Row, of: Circumstances): Assessed {
  const { place } = row;
  if (row.kind === 'dropped') return { place, verdict: 'dropped', why: row.why, observation: null };
  const observation = observationOf(row, of);
  const why = objectionTo(observation, of.spec);
  if (why !== undefined) return { place, verdict: 'dropped', why, observation: null };
  const doubts = teaches(observation) ? [...of.general, ...row.doubts, ...drawDoubts(observation, of)] : [];
  const verdict = doubts.length > 0 ? 'doubtful' : 'taken';
  return { place, verdict, why: [...doubts, ...leftOut(row, of.spec)].join('; '), observation };
}

/** Its id has none of what a person told: imported once more with other options, a run is still the same. */
function observationOf({ key, facts }: ReadRow, { donor, spec, told }: Circumstances): Observation {
  const { batchSize, outcome, seconds, joules, detail, epochs, at, outOfMemoryBatchSizes: tooLarge } = facts;
  const id = `import/${createHash('sha256')
    .update(JSON.stringify([donor.name, key]))
    .digest('hex')
    .slice(0, 24)}`;
  const gpuModel = told.gpuModel ?? facts.gpuModel ?? '';
  const powerLimitWatts = facts.powerLimitWatts ?? told.powerLimitWatts ?? 0;
  const unknown: UnknownField[] = [
    ...(epochs === null ? ['epochs' as const] : []),
    ...(powerLimitWatts === 0 ? ['powerLimitWatts' as const] : []),
  ];
  const isOurs = (size: number) => spec.batchSizes.includes(size);
  return {
    ...{ id, slot: at ?? id, attempt: 1, gpuModel, batchSize, powerLimitWatts, outcome, seconds, joules },
    ...(detail === undefined ? {} : { detail: detail.slice(0, longestDetail) }),
    epochs: epochs ?? 0,
    reachedEpochLimit: outcome !== 'converged' && epochs !== null && epochs >= spec.maxEpochs,
    measurements: facts.measurements.filter((measured) => isOurs(measured.batchSize)),
    ...(tooLarge === undefined ? {} : { outOfMemoryBatchSizes: tooLarge.filter(isOurs) }),
    imported: { from: donor.name.slice(0, 200), weight: 1, ...(unknown.length === 0 ? {} : { unknown }) },
  };
}

function objectionTo(observation: Observation, spec: JobSpec): string | undefined {
  if (observation.gpuModel === '') return 'its GPU model is not known; give it by --gpu-model';
  if (!isModel(observation.gpuModel)) return 'its GPU model is no name';
  return doubtImported(observation, spec);
}

/** About the source as a whole. */
function doubtsOf({ target, gpuCount }: Donor, spec: JobSpec): readonly string[] {
  const gpus = gpuCountOf(spec);
  const { value, direction } = spec.target;
  const other = target !== null && (target.value !== value || target.direction !== direction);
  return [
    ...(other ? [`trained until ${target.direction} ${target.value}, this job until ${direction} ${value}`] : []),
    ...(gpuCount !== null && gpuCount !== gpus ? [`ran on ${gpuCount} GPUs, this job on ${gpus}`] : []),
  ];
}

function drawDoubts(
  { seconds, joules, powerLimitWatts }: Observation,
  { donor, spec }: Circumstances,
): readonly string[] {
  const most = powerLimitWatts * (donor.gpuCount ?? gpuCountOf(spec));
  const watts = joules / seconds;
  return most > 0 && watts > tolerance * most ? [`drew ${watts.toFixed(0)} W under a limit of ${most} W in all`] : [];
}

const gpuCountOf = ({ gpus }: JobSpec) => gpus.count * (gpus.hosts ?? 1);

function leftOut({ facts }: ReadRow, { batchSizes }: JobSpec): readonly string[] {
  const others = facts.measurements.map(({ batchSize }) => batchSize).filter((size) => !batchSizes.includes(size));
  return others.length === 0
    ? []
    : [`without measurements of ${[...new Set(others)].join(', ')}, which the job has not`];
}

function teaches({ outcome }: Observation): boolean {
  return outcome === 'converged' || teachingFailures.includes(outcome);
}

/** A donor of many runs must not silence the job's own. */
function weighed(row: Assessed, taught: readonly Observation[]): Assessed {
  const { observation, verdict } = row;
  if (observation?.imported === undefined || !teaches(observation)) return row;
  const runs = taught.filter(({ batchSize }) => batchSize === observation.batchSize).length;
  const weight = Math.min(1, donorRuns / runs) * (verdict === 'doubtful' ? doubtfulShare : 1);
  return { ...row, observation: { ...observation, imported: { ...observation.imported, weight } } };
}
