/**
 * Worlds that a log leaves possible. Batch sizes that ran take their recorded outcomes, the fewer the more often one of the fitted
 * model beside them; the others take the model alone. One world is one draw of all that is not known.
 */
import { wattbandit } from '../policy';
import { at } from '../policy/gaussianProcess';
import type { Random } from '../policy/random';
import { type EpochDraw, type EpochModel, drawEpochModel, drawRun, epochModelOf } from './fittedCurve';
import { type SpeedModel, drawSpeeds, isMeasured, speedModelOf } from './fittedSpeed';
import { type LoggedJob, runsOf } from './loggedJob';
import { drawFrom, type World } from './world';

/** Epochs paid, and how it ended: reached the target, never would have, or was stopped before it could. */
interface Outcome {
  readonly epochs: number;
  readonly end: 'reached' | 'never' | 'stopped';
}

export interface Fitted {
  readonly log: LoggedJob;
  readonly epochs: EpochModel;
  readonly speed: SpeedModel;
  /** By index of the grid. */
  readonly recorded: readonly (readonly Outcome[])[];
}

/** T. S. Ferguson, "A Bayesian Analysis of Some Nonparametric Problems", 1973: what the model counts beside n recorded runs. */
const modelRuns = 1;
/** A drawn distribution has so many equally likely outcomes. */
const outcomesDrawn = 32;

export function fit(log: LoggedJob): Fitted {
  const { job, gpus, elsewhere } = log;
  const facts = [...elsewhere, ...runsOf(log)];
  const memory = facts.reduce((known, of) => wattbandit.observe(known, of, job), wattbandit.begin(job));
  const epochs = epochModelOf(job, memory);
  const recorded = epochs.grid.sizes.map((size) =>
    runsOf(log).flatMap(({ batchSize, outcome, epochs: paid, reachedEpochLimit }): Outcome[] => {
      if (batchSize !== size || outcome === 'outOfMemory') return [];
      if (outcome === 'converged') return [{ epochs: paid, end: 'reached' }];
      return [{ epochs: paid, end: reachedEpochLimit ? 'never' : 'stopped' }];
    }),
  );
  return { log, epochs, speed: speedModelOf(memory, gpus, epochs.grid), recorded };
}

export function drawWorld(fitted: Fitted, random: Random): World {
  const { log, epochs, speed } = fitted;
  const draw = drawEpochModel(epochs, random);
  const speeds = drawSpeeds(speed, random);
  const outcomes = new Map(epochs.grid.sizes.map((size, index) => [size, drawOutcomes(fitted, draw, index, random)]));
  const outcomesOf = (batchSize: number) => outcomes.get(batchSize) ?? [];
  return {
    job: log.job,
    gpus: log.gpus,
    samplesPerEpoch: null,
    drawEpochs: (batchSize, draws) => drawFrom(outcomesOf(batchSize), draws),
    measure: speeds,
    powerLimitsFor: () => log.gpus.powerLimitsWatts,
    outcomesOf,
  };
}

/** Whether what a run of this choice takes and draws was seen in the log. */
export function isRecorded({ epochs, recorded, speed }: Fitted, batchSize: number, powerLimitWatts: number): boolean {
  const ran = recorded[epochs.grid.sizes.indexOf(batchSize)]?.some(({ end }) => end !== 'stopped') === true;
  return ran && isMeasured(speed, batchSize, powerLimitWatts);
}

/** Pólya's urn: each draw is one of those before it, or, once in a while, one of the model. */
function drawOutcomes({ epochs, recorded }: Fitted, draw: EpochDraw, index: number, random: Random) {
  const modelled = () => drawRun(epochs, draw, index, random);
  const seen = at(recorded, index).map(({ epochs: paid, end }) => {
    if (end === 'reached') return paid;
    const later = modelled();
    return end === 'never' || later === null ? null : Math.max(paid + 1, later);
  });
  const drawn: (number | null)[] = [];
  while (drawn.length < outcomesDrawn) {
    const place = random.uniform() * (modelRuns + seen.length + drawn.length);
    drawn.push(place < modelRuns ? modelled() : ([...seen, ...drawn][Math.floor(place - modelRuns)] ?? null));
  }
  return drawn;
}
