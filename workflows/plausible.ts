/** Which observations are believed. Numbers come from outside and JSON turns NaN into null: nothing is taken on trust. */
import type { Observation, PowerMeasurement } from '../policy/facts';
import type { Decision } from '../policy/policy';

const isAmount = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Why this observation must not teach anything, or undefined if it may. */
export function doubt(observation: Observation, decision: Decision, maxEpochs: number): string | undefined {
  const { batchSize, epochs, joules, seconds, outcome } = observation;
  if (batchSize !== decision.batchSize) return `batchSize is ${batchSize}, but ${decision.batchSize} was decided`;
  for (const [name, value] of Object.entries({ joules, seconds, epochs })) {
    if (!isAmount(value)) return `${name} is ${value}, must be a finite number of at least 0`;
  }
  if (epochs > maxEpochs) return `epochs is ${epochs}, but the job ends after ${maxEpochs}`;
  if (outcome === 'converged' && (epochs < 1 || seconds === 0 || joules === 0)) {
    return `a converged run needs epochs, seconds and joules above 0; got ${epochs}, ${seconds}, ${joules}`;
  }
  return observation.measurements.map(doubtMeasurement).find((why) => why !== undefined);
}

function doubtMeasurement(at: PowerMeasurement): string | undefined {
  const { batchSize, powerLimitWatts, secondsPerEpoch, averageWatts } = at;
  for (const [name, value] of Object.entries({ batchSize, powerLimitWatts, secondsPerEpoch, averageWatts })) {
    if (!isAmount(value) || value === 0) return `${name} of a measurement is ${value}, must be a finite number above 0`;
  }
  return undefined;
}
