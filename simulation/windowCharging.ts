/**
 * Charging as wattbandit measures: short windows from the highest limit down while the run trains, then throw-away probes
 * of other sizes at the running limit. Both count towards the ceiling, and a run that ends sooner measures no further.
 */
import { maxPowerWatts } from '../policy/cost';
import type { PowerMeasurement } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { nextProbe, type Probed } from '../policy/probes';
import { type Charging, epochCost, fullProfile, measurement, settle, stop } from './charging';
import { total } from './statistics';
import type { World } from './world';

/** A limit is profiled for so many steps, or for so long where steps cannot be counted. */
const windowSteps = 50;
const windowSeconds = 5;
/** A probe takes so many steps, and at least so long. */
const probeSteps = 12;
const shortestProbeSeconds = 1;

export const windowCharging: Charging = (world, decision, targetEpochs) => {
  const { maxEpochs } = world.job;
  const cost = (at: PowerMeasurement) => epochCost(world, decision, at);
  const windows = decision.powerLimitWatts === null ? windowsOf(world, decision.batchSize) : [];
  const planned = within(windows, Math.min(targetEpochs ?? maxEpochs, maxEpochs));
  const running = settle(world, decision, measuredIn(planned));
  const probes = probe(world, decision, running);
  // Under a pace the running limit need not be the cheapest; a cheaper window does not pay for a dearer one.
  const profilingJoules = total(planned, ({ at, epochs: share }) => share * Math.max(0, cost(at) - cost(running)));
  const probingJoules = total(probes, ({ found, seconds }) => (seconds / found.secondsPerEpoch) * cost(found));
  const { epochs, reached } = stop(world, decision, running, targetEpochs, profilingJoules + probingJoules);
  const taken = epochs > 0 ? within(planned, epochs) : affordable(planned, decision.costCeilingJoules ?? 0, cost);
  const probed = epochs > 0 ? probes : [];
  const rest = Math.max(0, epochs - total(taken, (window) => window.epochs)) * running.secondsPerEpoch;
  return {
    powerLimitWatts: running.powerLimitWatts,
    epochs,
    reached,
    seconds: rest + total(taken, secondsOf) + total(probed, (at) => at.seconds),
    joules:
      rest * running.averageWatts +
      total(taken, (window) => secondsOf(window) * window.at.averageWatts) +
      total(probed, (at) => at.seconds * at.found.averageWatts),
    measurements: [...measuredIn(taken), ...probed.map((at) => at.found)],
  };
};

/** Part of the run, held at one limit. */
interface Window {
  readonly at: PowerMeasurement;
  readonly epochs: number;
  /** Cut short by the end of the run: paid for, but nothing was learned. */
  readonly cutShort: boolean;
}

function secondsOf({ at, epochs }: Window): number {
  return epochs * at.secondsPerEpoch;
}

function windowsOf(world: World, batchSize: number): readonly Window[] {
  return fullProfile(world, batchSize).map((at) => {
    const steps = stepsPerEpoch(world, batchSize);
    const epochs = steps === null ? windowSeconds / at.secondsPerEpoch : windowSteps / steps;
    return { at, epochs, cutShort: false };
  });
}

function stepsPerEpoch({ samplesPerEpoch }: World, batchSize: number): number | null {
  return samplesPerEpoch === null ? null : Math.max(1, Math.ceil(samplesPerEpoch / batchSize));
}

function within(windows: readonly Window[], epochs: number): readonly Window[] {
  const taken: Window[] = [];
  let left = epochs;
  for (const window of windows) {
    if (left <= 0) break;
    taken.push(window.epochs <= left ? window : { ...window, epochs: left, cutShort: true });
    left -= window.epochs;
  }
  return taken;
}

/** A run that is too dear for one epoch is only found out by its windows; it ends with the last that fits. */
function affordable(
  windows: readonly Window[],
  ceiling: number,
  cost: (at: PowerMeasurement) => number,
): readonly Window[] {
  let left = ceiling;
  return windows.filter((window) => {
    left -= window.epochs * cost(window.at);
    return left >= 0;
  });
}

function measuredIn(windows: readonly Window[]): readonly PowerMeasurement[] {
  return windows.flatMap(({ at, cutShort }) => (cutShort ? [] : [at]));
}

interface TimedProbe {
  readonly seconds: number;
  readonly found: PowerMeasurement;
}

function probe(world: World, decision: Decision, running: PowerMeasurement): readonly TimedProbe[] {
  const { objective, probes: plan } = decision;
  const taken: TimedProbe[] = [];
  const progress = { running, eta: objective.eta, maxPowerWatts: maxPowerWatts(world.gpus) };
  for (;;) {
    const probed: readonly Probed[] = taken.map(({ seconds, found }) => ({
      batchSize: found.batchSize,
      seconds,
      measurement: found,
    }));
    const batchSize = plan === null ? null : nextProbe(plan, { ...progress, probed });
    if (batchSize === null) return taken;
    const found = measurement(world, batchSize, running.powerLimitWatts, 'probe');
    const steps = stepsPerEpoch(world, batchSize);
    const seconds = steps === null ? 0 : (probeSteps / steps) * found.secondsPerEpoch;
    taken.push({ seconds: Math.max(shortestProbeSeconds, seconds), found });
  }
}
