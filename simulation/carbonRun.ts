/** One run of a job on a grid: as much work as takes so many hours at the highest limit, and a limit that is set on the hour. */
import type { PowerMeasurement } from '../policy/facts';
import type { CarbonCurve } from './carbonCurves';
import { SimulationError } from './error';

/** What a run is when it goes at the highest limit throughout; 24 hours is the protocol. */
export const workHours = 24;

export interface RunFigures {
  readonly hours: number;
  readonly grams: number;
}

/** The limit for the hour; `workLeft` in hours at the highest limit, `elapsed` since the start. */
export type Chooser = (hour: number, workLeft: number, elapsed: number) => PowerMeasurement;

/** Grid of a zone and GPU, and how much faster than the highest limit each other one is. */
export interface Ground {
  readonly curve: CarbonCurve;
  readonly gramsPerKwh: readonly number[];
}

export function top({ profile }: CarbonCurve): PowerMeasurement {
  const highest = profile.at(-1);
  if (highest === undefined) throw new Error('Cannot play a curve without limits.');
  return highest;
}

/** Work of an hour at this limit, in hours at the highest one. */
export function speedOf(curve: CarbonCurve, { secondsPerEpoch }: PowerMeasurement): number {
  return top(curve).secondsPerEpoch / secondsPerEpoch;
}

export function gramsAt({ gramsPerKwh }: Ground, hour: number): number {
  const grams = gramsPerKwh[hour];
  if (grams !== undefined) return grams;
  throw new SimulationError(`Cannot play hour ${hour}: the carbon intensities end after ${gramsPerKwh.length}.`);
}

/** Whole hours from `start` on, the last one in part. */
export function playRun(ground: Ground, start: number, choose: Chooser): RunFigures {
  const fastest = top(ground.curve).secondsPerEpoch;
  let [workLeft, hours, grams] = [workHours, 0, 0];
  while (workLeft > 1e-9) {
    const { averageWatts, secondsPerEpoch } = choose(start + hours, workLeft, hours);
    const speed = fastest / secondsPerEpoch;
    const spent = Math.min(1, workLeft / speed);
    grams += ((averageWatts * spent) / 1000) * gramsAt(ground, start + Math.floor(hours));
    workLeft -= spent * speed;
    hours += spent;
  }
  return { hours, grams };
}

export function slowdownOf({ hours }: RunFigures): number {
  return hours / workHours - 1;
}
