/**
 * What a whole profile costs, by the profiler itself, played on every recorded (job, GPU, batch size) whose runs take over ten
 * minutes: the share of the run's energy that is drawn while limits are measured, and what the run draws more than it would have at
 * the limit that wins. Run by itself, it prints one JSON object.
 */
import { join } from 'node:path';
import { compiled } from '../embedded.mjs';
import { prepare, root } from '../prepare.mjs';

const eta = 0.5;
const shortestRunSeconds = 600;
/** How often the pretended trainer reports. */
const stepSeconds = 0.25;

export function profilingEnergy() {
  const { loadTraces } = compiled('simulation/traces');
  const worlds = ['v100', 'a40', 'rtx6000'].flatMap((gpu) => loadTraces(join(root, 'data', 'zeus'), gpu));
  const runs = worlds.flatMap((world) => world.job.batchSizes.flatMap((batchSize) => play(world, batchSize)));
  const mean = (of) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  return {
    profiledRuns: runs.length,
    profilingEnergyShare: mean(({ share }) => share),
    profilingEnergyShareMax: Math.max(...runs.map(({ share }) => share)),
    profilingExtraEnergy: mean(({ extra }) => extra),
    profilingExtraEnergyMax: Math.max(...runs.map(({ extra }) => extra)),
  };
}

function play(world, batchSize) {
  const { createProfiler } = compiled('activities/gpu/profile');
  const { windowRules } = compiled('activities/gpu/profileWindow');
  const { choosePowerLimit } = compiled('policy/powerLimit');
  const converged = world.outcomesOf(batchSize).filter((epochs) => epochs !== null);
  if (converged.length === 0) return [];
  const epochs = converged.reduce((sum, one) => sum + one, 0) / converged.length;
  const limitsWatts = world.powerLimitsFor(batchSize);
  let profiler = createProfiler({ batchSize, limitsWatts, rules: windowRules.counter });
  let now = { epochs: 0, seconds: 0, joules: 0 };
  for (let watts; (watts = profiler.limitWatts) !== undefined; profiler = profiler.advance(now)) {
    profiler = profiler.hold(watts, now.seconds);
    const { secondsPerEpoch, averageWatts } = world.measure(batchSize, watts);
    now = {
      epochs: now.epochs + stepSeconds / secondsPerEpoch,
      seconds: now.seconds + stepSeconds,
      joules: now.joules + stepSeconds * averageWatts,
    };
  }
  const best = choosePowerLimit(eta, Math.max(...limitsWatts), { kind: 'free' })(profiler.measurements);
  const atBest = epochs * best.secondsPerEpoch * best.averageWatts;
  if (epochs * best.secondsPerEpoch < shortestRunSeconds) return [];
  const whole = now.joules + (epochs - now.epochs) * best.secondsPerEpoch * best.averageWatts;
  return [{ share: now.joules / whole, extra: whole / atBest - 1 }];
}

if (process.argv[1] === import.meta.filename) {
  await prepare();
  console.log(JSON.stringify(profilingEnergy()));
}
