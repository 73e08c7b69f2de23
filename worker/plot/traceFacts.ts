/** What Zeus's recordings tell of a job, for pictures. */
import { maxPowerWatts } from '../../policy/cost';
import type { TradeOffPoint } from '../../policy/tradeOff';
import { fixedChoice, oracle } from '../../simulation/references';
import type { TraceWorld } from '../../simulation/traceWorld';
import { type Wanted, cheapestWatts } from './jobPictures';
import type { PowerProfiles } from './power';
import type { TradeOff } from './tradeOff';

export const usualEta = 0.5;

export function traceTradeOff(world: TraceWorld, eta: number): TradeOff {
  const { job, gpus } = world;
  const points = job.batchSizes.flatMap((batchSize) =>
    world.powerLimitsFor(batchSize).flatMap((powerLimitWatts): TradeOffPoint[] => {
      const { seconds, joules } = fixedChoice(world, batchSize, powerLimitWatts, eta);
      return Number.isFinite(seconds)
        ? [{ batchSize, powerLimitWatts, seconds, joules, within: null, known: true }]
        : [];
    }),
  );
  const drawn = new Set(points.map(({ batchSize }) => batchSize));
  const never = job.batchSizes.filter((size) => !drawn.has(size));
  return {
    title: `${job.id} on ${gpus.model.toUpperCase()}: time and energy to accuracy`,
    ...{ eta, points, chosen: null, maxPowerWatts: maxPowerWatts(gpus) },
    defaultChoice: { batchSize: job.defaultBatchSize, powerLimitWatts: Math.max(...gpus.powerLimitsWatts) },
    notes: [
      `Zeus's recordings: mean over recorded runs until the target ${world.target} is reached; runs that fail are paid for and repeated.`,
      ...(never.length === 0
        ? []
        : [`Not drawn, since no recorded run reached the target: batch size ${never.join(', ')}.`]),
    ],
  };
}

export function tracePower(world: TraceWorld, { eta = usualEta, batchSize }: Wanted): PowerProfiles {
  const { job, gpus } = world;
  const size = batchSize ?? oracle(world, eta).batchSize;
  const measurements = job.batchSizes.flatMap((each) =>
    world.powerLimitsFor(each).map((powerLimitWatts) => {
      const at = world.measure(each, powerLimitWatts);
      return {
        batchSize: each,
        powerLimitWatts,
        source: 'profile' as const,
        secondsPerEpoch: at.secondsPerEpoch,
        averageWatts: at.averageWatts,
      };
    }),
  );
  const own = measurements.filter((at) => at.batchSize === size);
  return {
    title: `${job.id} on ${gpus.model.toUpperCase()}: power profile of batch size ${size}`,
    ...{ eta, measurements, batchSize: size, maxPowerWatts: maxPowerWatts(gpus) },
    chosenWatts: cheapestWatts(own, eta, gpus),
    notes: ["Zeus's recordings, one measurement for each limit.", `Chosen: the cheapest limit under η ${eta}.`],
  };
}
