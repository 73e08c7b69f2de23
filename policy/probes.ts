/** Which batch sizes to time with a few throw-away steps while a run trains: the plan, and the next step of it. */
import { epochCostJoules, maxPowerWatts } from './cost';
import type { PowerMeasurement } from './facts';
import { canHold, gpuOf, type Memory } from './memory';
import { measuredOn } from './measurements';
import { gridFor } from './epochs';
import type { Parameters } from './parameters';
import type { Ask, ProbePlan } from './policy';
import { leastCost } from './powerLimit';

/** A measured size speaks for others nearer than this; in doublings. */
const SPACING = 0.75;
/** A probe takes at least this long. */
const SHORTEST_PROBE_SECONDS = 1;

function doublingsBetween(a: number, b: number): number {
  return Math.abs(Math.log(a / b) / Math.LN2);
}

interface ProbeQuestion {
  readonly memory: Memory;
  readonly ask: Ask;
  readonly parameters: Parameters;
}

/**
 * Sizes outward from the running one, or null where probing is over or out of place: it wants the first few runs on a GPU
 * model, no deadline, exploration not paused, and a recurrence that may profit.
 */
export function planProbes(
  { memory, ask, parameters }: ProbeQuestion,
  running: number,
  expectedEpochs: number | null,
): ProbePlan | null {
  const gpu = gpuOf(memory, ask.gpus.model);
  if (!ask.exploration || ask.remainingRecurrences === 0 || ask.objective.deadlineSeconds !== undefined) return null;
  if (gpu.runs >= parameters.probedRuns) return null;
  const candidates = ask.job.batchSizes.filter((size) => size !== running && canHold(gpu, size));
  const known = costsPerEpoch(memory, ask);
  const open = stillOpen(candidates, running, known, parameters.probeCostRatio);
  const down = open.filter((size) => size < running).reverse();
  const up = open.filter((size) => size > running);
  if (down.length + up.length === 0) return null;
  return {
    down,
    up,
    maxShareOfRun: parameters.probeShareOfRun,
    expectedEpochs: expectedEpochs ?? Math.min(ask.job.maxEpochs, parameters.guessedEpochs),
    maxCostRatio: parameters.probeCostRatio,
  };
}

interface KnownCost {
  readonly batchSize: number;
  readonly joules: number;
}

function costsPerEpoch(memory: Memory, { job, gpus, objective: { eta } }: Ask): KnownCost[] {
  const power = maxPowerWatts(gpus);
  return measuredOn(memory, gpus, gridFor(job)).map(({ profile }) => {
    const best = leastCost(eta, power)(profile);
    return { batchSize: best.batchSize, joules: epochCostJoules(best, eta, power) };
  });
}

/** Not measured, nor near a measured size, nor beyond one that was found too dear. */
function stillOpen(candidates: readonly number[], running: number, known: readonly KnownCost[], ratio: number) {
  const own = known.find(({ batchSize }) => batchSize === running);
  const tooDear = known.filter(({ joules }) => own !== undefined && joules > ratio * own.joules);
  return candidates.filter(
    (size) =>
      known.every(({ batchSize }) => doublingsBetween(size, batchSize) >= SPACING) &&
      !tooDear.some(({ batchSize }) => isBeyond(size, batchSize, running)),
  );
}

function isBeyond(size: number, end: number, running: number): boolean {
  return end > running ? size > end : size < end;
}

/** What one probe found; `measurement` is null if the size did not fit or could not be run. */
export interface Probed {
  readonly batchSize: number;
  readonly seconds: number;
  readonly measurement: PowerMeasurement | null;
}

/** Where the run stands that is being probed. */
export interface ProbeProgress {
  /** The running size, at the limit that it holds while others are probed. */
  readonly running: PowerMeasurement;
  /** In the order in which they were taken. */
  readonly probed: readonly Probed[];
  readonly eta: number;
  readonly maxPowerWatts: number;
}

/**
 * The batch size to probe next, or null when enough is known or the time is used up. Ask, probe, add what was found to
 * `probed`, ask again. Nearest first, the smaller of two equally near.
 */
export function nextProbe(plan: ProbePlan, progress: ProbeProgress): number | null {
  const { running, probed } = progress;
  const spent = probed.reduce((sum, { seconds }) => sum + seconds, 0);
  const longest = probed.reduce((most, { seconds }) => Math.max(most, seconds), SHORTEST_PROBE_SECONDS);
  if (spent + longest > plan.maxShareOfRun * plan.expectedEpochs * running.secondsPerEpoch) return null;
  const next = [nextIn(plan.down, plan, progress), nextIn(plan.up, plan, progress)];
  return next.reduce((nearest, size) => {
    if (size === null || nearest === null) return nearest ?? size;
    const nearer = doublingsBetween(size, running.batchSize) < doublingsBetween(nearest, running.batchSize) - 1e-9;
    return nearer ? size : nearest;
  });
}

/** A direction ends at a size that failed or costs too much; sizes near a measured one are passed over. */
function nextIn(direction: readonly number[], plan: ProbePlan, progress: ProbeProgress): number | null {
  const { running, probed, eta, maxPowerWatts: power } = progress;
  const dearest = plan.maxCostRatio * epochCostJoules(running, eta, power);
  const ended = probed.some(
    ({ batchSize, measurement }) =>
      direction.includes(batchSize) && (measurement === null || epochCostJoules(measurement, eta, power) > dearest),
  );
  if (ended) return null;
  const taken = [running.batchSize, ...probed.map(({ batchSize }) => batchSize)];
  return direction.find((size) => taken.every((other) => doublingsBetween(size, other) >= SPACING)) ?? null;
}
