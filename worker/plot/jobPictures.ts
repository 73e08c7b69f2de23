/** Facts of a job as what is drawn of them. */
import { maxPowerWatts } from '../../policy/cost';
import type { Gpus, PowerMeasurement } from '../../policy/facts';
import { gridFor } from '../../policy/epochs';
import { measuredOn } from '../../policy/measurements';
import { choosePowerLimit } from '../../policy/powerLimit';
import { believedTradeOff } from '../../policy/tradeOff';
import { WattbanditError } from '../errors';
import type { CarbonTimeline } from './carbon';
import { type JobFacts, gpusOf } from './jobFacts';
import type { PowerProfiles } from './power';
import type { TradeOff } from './tradeOff';

export interface Wanted {
  readonly eta?: number;
  readonly gpu?: string;
  readonly batchSize?: number;
}

/** @throws WattbanditError `notFound` before any run converged */
export function tradeOffOf(facts: JobFacts, { eta = facts.eta, gpu }: Wanted): TradeOff {
  const { job, memory, chosen } = facts;
  const gpus = gpusOf(facts, gpu);
  const points = believedTradeOff(memory, { job, gpus });
  if (points.length === 0)
    throw new WattbanditError(
      'notFound',
      `Cannot draw the trade-off of job ${job.id}: none of its runs has converged yet.`,
    );
  const highest = Math.max(...gpus.powerLimitsWatts);
  return {
    title: `${job.id} on ${gpus.model}: time and energy to accuracy`,
    ...{ eta, points, chosen, maxPowerWatts: maxPowerWatts(gpus) },
    defaultChoice: { batchSize: job.defaultBatchSize, powerLimitWatts: highest },
    notes: [
      'As the policy believes from the runs so far; 90 % of runs that converge should lie within the intervals. Runs that fail are not in it.',
      'Known: runs of the batch size converged, and the limit was measured with it. Everything else is predicted; a batch size of which nothing was measured has one mark, at the highest limit.',
      maxPowerNote(gpus),
    ],
  };
}

function maxPowerNote(gpus: Gpus): string {
  return `Cost: η · energy + (1 − η) · MAXPOWER · time, where MAXPOWER is ${maxPowerWatts(gpus)} W: the highest limit measured, on ${gpus.count} GPU(s).`;
}

/** @throws WattbanditError `notFound` for a batch size of which nothing was measured */
export function powerOf(facts: JobFacts, { eta = facts.eta, gpu, batchSize }: Wanted): PowerProfiles {
  const { job, memory, chosen } = facts;
  const gpus = gpusOf(facts, gpu);
  const measurements = measuredOn(memory, gpus, gridFor(job)).flatMap(({ profile }) => profile);
  const size = batchSize ?? chosen?.batchSize ?? job.defaultBatchSize;
  const own = measurements.filter((at) => at.batchSize === size);
  if (own.length === 0)
    throw new WattbanditError(
      'notFound',
      `Cannot draw the power profile of batch size ${size} of job ${job.id}: it was not measured on ${gpus.model}; choose another by --batch-size.`,
    );
  const isLatest = chosen !== null && chosen.batchSize === size;
  return {
    title: `${job.id} on ${gpus.model}: power profile of batch size ${size}`,
    ...{ eta, measurements, batchSize: size, maxPowerWatts: maxPowerWatts(gpus) },
    chosenWatts: isLatest ? chosen.powerLimitWatts : cheapestWatts(own, eta, gpus),
    notes: [
      isLatest
        ? 'Chosen: the limit that the latest run held last.'
        : `Chosen: the cheapest limit under η ${eta}, as no recent run had this batch size.`,
      maxPowerNote(gpus),
    ],
  };
}

export function cheapestWatts(profile: readonly PowerMeasurement[], eta: number, gpus: Gpus): number {
  return choosePowerLimit(eta, maxPowerWatts(gpus), { kind: 'free' })(profile).powerLimitWatts;
}

/** Of the grid that the latest such run followed. @throws WattbanditError `notFound` where none did */
export function carbonOf({ job, runs, orders }: JobFacts): CarbonTimeline {
  const followed = runs.flatMap(({ batchSize, grid, expected }) =>
    grid === undefined || grid.intervals.length === 0 ? [] : [{ batchSize, grid, expected }],
  );
  const latest = followed.at(-1)?.grid;
  if (latest === undefined)
    throw new WattbanditError(
      'notFound',
      `Cannot draw the carbon timeline of job ${job.id}: none of the runs that can be read back followed a grid.`,
    );
  const { provider, zone, kind, unit } = latest;
  const same = followed.filter(
    ({ grid }) => grid.provider === provider && grid.zone === zone && grid.kind === kind && grid.unit === unit,
  );
  const startOf = ({ grid }: (typeof same)[number]) => Date.parse(grid.intervals[0]?.fromAt ?? '');
  return {
    title: `${job.id} under the grid of ${zone}`,
    ...{ provider, zone, kind, unit },
    runs: same
      .toSorted((a, b) => startOf(a) - startOf(b))
      .map(({ batchSize, grid, expected }) => ({ batchSize, intervals: grid.intervals, expected })),
    orders,
    notes: [
      'What the runs recorded of their grid while they trained, as far as it can be read back.',
      'An interval whose limit changed shows the one that was held longest.',
    ],
  };
}
