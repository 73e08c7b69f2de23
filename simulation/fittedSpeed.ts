/** What a log says of the speed and draw of each batch size at each limit: as measured, else by the shape of the nearest profile. */
import { believeFullSpeed } from '../policy/epochCost';
import type { Grid } from '../policy/epochs';
import type { Gpus, PowerMeasurement } from '../policy/facts';
import { type Gaussian, at } from '../policy/gaussianProcess';
import { type Measured, measurementsFor } from '../policy/measurements';
import type { Memory } from '../policy/memory';
import { defaults } from '../policy/parameters';
import type { Random } from '../policy/random';
import { sample } from './fittedCurve';
import { type Speed, speedAt } from './world';

export interface SpeedModel {
  readonly grid: Grid;
  readonly fullSpeed: Gaussian;
  readonly measured: readonly Measured[];
}

/** Of time and of power, where the shape of another size's profile stands in. */
const shapeSd = 0.05;

export function speedModelOf(memory: Memory, gpus: Gpus, grid: Grid): SpeedModel {
  const measurements = measurementsFor(memory, gpus, grid, defaults);
  return { grid, fullSpeed: believeFullSpeed(measurements, defaults), measured: measurements.here.sizes };
}

export function isMeasured({ grid, measured }: SpeedModel, batchSize: number, powerLimitWatts: number): boolean {
  const index = grid.sizes.indexOf(batchSize);
  const found = measured.find((of) => of.index === index);
  return found?.profile.some((of) => of.powerLimitWatts === powerLimitWatts) === true;
}

export type Speeds = (batchSize: number, powerLimitWatts: number) => Speed;

export function drawSpeeds(model: SpeedModel, random: Random): Speeds {
  const { grid, measured } = model;
  const full = sample(model.fullSpeed, random);
  const recorded = grid.sizes.map((_, index) => {
    const own = measured.find((of) => of.index === index);
    return byLimit(own?.swept === true ? own.profile : completed(model, index, at(full, index), random));
  });
  return (batchSize, watts) => speedAt(at(recorded, grid.sizes.indexOf(batchSize)), watts);
}

const byLimit = (profile: readonly PowerMeasurement[]) =>
  profile.toSorted((a, b) => a.powerLimitWatts - b.powerLimitWatts);

/** What was measured of it stays; at other limits it goes on as the nearest whole profile does. */
function completed(model: SpeedModel, index: number, full: number, random: Random): readonly PowerMeasurement[] {
  const { grid, measured } = model;
  const own = byLimit(measured.find((of) => of.index === index)?.profile ?? []);
  const shape = byLimit(nearestProfile(model, index));
  const batchSize = at(grid.sizes, index);
  const [seconds, watts] = [Math.exp(random.normal(0, shapeSd)), Math.exp(random.normal(0, shapeSd))];
  const highest = shape.at(-1);
  if (highest === undefined) {
    const none = { batchSize, powerLimitWatts: 1, averageWatts: 1, source: 'run' } as const;
    return own.length > 0 ? own : [{ ...none, secondsPerEpoch: Math.exp(full) }];
  }
  const anchor = own.at(-1) ?? {
    ...highest,
    secondsPerEpoch: Math.exp(full),
    averageWatts: highest.averageWatts * watts,
  };
  const base = speedAt(shape, anchor.powerLimitWatts);
  const others = shape.filter(({ powerLimitWatts: limit }) => own.every((of) => of.powerLimitWatts !== limit));
  const shaped = others.map((of) => ({
    ...of,
    batchSize,
    secondsPerEpoch:
      anchor.secondsPerEpoch * (of.secondsPerEpoch / base.secondsPerEpoch) * (own.length > 0 ? seconds : 1),
    averageWatts: anchor.averageWatts * (of.averageWatts / base.averageWatts),
  }));
  return [...own, ...shaped];
}

/** In doublings; of one with a single limit there is no shape to be had. */
function nearestProfile({ grid, measured }: SpeedModel, index: number): readonly PowerMeasurement[] {
  const distance = (of: Measured) => Math.abs(at(grid.doublings, of.index) - at(grid.doublings, index));
  const most = Math.max(0, ...measured.map(({ profile }) => profile.length));
  const whole = measured.filter(({ profile, swept }) => swept || profile.length === most);
  return whole.toSorted((a, b) => distance(a) - distance(b))[0]?.profile ?? [];
}
