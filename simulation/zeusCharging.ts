/**
 * Charging as in Zeus's simulator: in the first run of a size its first epoch costs the mean over all limits, which its
 * ceiling does not foresee; and all limits are known before the run begins, even if it then cannot begin.
 */
import { type Charging, fullProfile, settle, stop } from './charging';
import { total } from './statistics';

export const zeusCharging: Charging = (world, decision, targetEpochs) => {
  const profile = decision.powerLimitWatts === null ? fullProfile(world, decision.batchSize) : [];
  const running = settle(world, decision, profile);
  const { epochs, reached } = stop(world, decision, running, targetEpochs, 0);
  const first = profile.length === 0 ? [running] : profile;
  const rest = (epochs - 1) * running.secondsPerEpoch;
  const firstSeconds = total(first, (at) => at.secondsPerEpoch) / first.length;
  const firstJoules = total(first, (at) => at.secondsPerEpoch * at.averageWatts) / first.length;
  return {
    powerLimitWatts: running.powerLimitWatts,
    epochs,
    reached,
    seconds: epochs === 0 ? 0 : firstSeconds + rest,
    joules: epochs === 0 ? 0 : firstJoules + rest * running.averageWatts,
    measurements: profile,
  };
};
