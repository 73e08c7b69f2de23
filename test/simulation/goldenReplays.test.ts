/** Runs recorded from Zeus's own simulator, seed 1: fed the same samples, everything must come out the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createZeus } from '../../policy/batchSizeZeus';
import type { Ask } from '../../policy/policy';
import type { Random } from '../../policy/random';
import { costOf, run } from '../../simulation/run';
import { loadTraces } from '../../simulation/traces';
import type { World } from '../../simulation/world';
import { zeusCharging } from '../../simulation/zeusCharging';

interface RecordedArm {
  readonly bs: number;
  readonly mean: number;
  readonly precision: number | string;
  readonly n: number;
  readonly sample: number;
}
interface Try {
  readonly kind: 'try';
  readonly bs: number;
  readonly pl: number;
  readonly profile: boolean;
  readonly cost_ub: number | null;
  readonly sampled_target_epoch: number | null;
  readonly energy: number;
  readonly time: number;
  readonly reached: boolean;
  readonly cost: number;
}
interface Thompson {
  readonly kind: 'thompson';
  readonly arms: readonly RecordedArm[];
  readonly pick: number;
}
interface Replay {
  readonly dataset: string;
  readonly eta: number;
  readonly default_bs: number;
  readonly batch_sizes: readonly number[];
  readonly max_epochs: number;
  readonly recurrences: number;
  readonly events: readonly (Try | Thompson)[];
}

const data = join(__dirname, '../../data/zeus');
const replays: Record<string, Replay> = JSON.parse(readFileSync(join(data, 'golden_replays.json'), 'utf8'));
const policy = createZeus();
const never: Random = { uniform: () => 0, normal: () => NaN };

function expectClose(actual: number, expected: number, what: string): void {
  const error = actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  if (!(error <= 1e-12)) throw new Error(`${what}: ${actual} is not ${expected}, relative error ${error}`);
}

/** Gives each arm its recorded sample and checks the distribution that it is asked for. */
function recorded(arms: readonly RecordedArm[]): Random {
  let next = 0;
  return {
    uniform: () => 0,
    normal: (mean, sd) => {
      const arm = arms[next++]!;
      expectClose(mean, arm.mean, `mean of ${arm.bs}`);
      const precision = Number(arm.precision);
      const expected = precision === Infinity ? 0 : Math.sqrt(1 / precision);
      expect(Math.abs(sd - expected)).toBeLessThanOrEqual(1e-12 * expected);
      return arm.sample;
    },
  };
}

function replay(recording: Replay): { readonly tries: number; readonly samplings: number } {
  const world = loadTraces(data, 'v100', { jobs: [recording.dataset] })[0]!;
  expect(world.job).toMatchObject({
    batchSizes: recording.batch_sizes,
    defaultBatchSize: recording.default_bs,
    maxEpochs: recording.max_epochs,
  });
  let memory = policy.begin(world.job);
  let slot = 0;
  let attempt = 1;
  let arms: readonly RecordedArm[] = [];
  const seen = { tries: 0, samplings: 0 };
  for (const event of recording.events) {
    if (event.kind === 'thompson') {
      arms = event.arms;
      seen.samplings++;
      continue;
    }
    const ask: Ask = {
      id: `${slot}/${attempt}`,
      job: world.job,
      gpus: world.gpus,
      objective: { eta: recording.eta },
      slot: String(slot),
      attempt,
      inFlight: [],
      exploration: true,
    };
    const sampling = arms.length > 0;
    const decision = policy.decide(memory, ask, sampling ? recorded(arms) : never);
    expect(decision.batchSize).toBe(event.bs);
    if (event.profile) expect(decision.powerLimitWatts).toBeNull();
    if (event.cost_ub === null) expect(decision.costCeilingJoules).toBeNull();
    else expectClose(decision.costCeilingJoules!, event.cost_ub, 'cost bound');
    expect(decision.mode).toBe(attempt > 1 ? 'retry' : sampling ? 'exploit' : slot === 0 ? 'first' : 'explore');

    const scripted: World = { ...world, drawEpochs: () => event.sampled_target_epoch };
    const charging = zeusCharging;
    const observation = run({ world: scripted, decision, slot: ask.slot, attempt, charging, lostAfter: null }, never);
    expect(observation.powerLimitWatts).toBe(event.pl);
    expect(observation.outcome === 'converged').toBe(event.reached);
    expectClose(observation.joules, event.energy, 'energy');
    expectClose(observation.seconds, event.time, 'time');
    expectClose(costOf(observation, world, recording.eta), event.cost, 'cost');

    memory = policy.observe(memory, observation, world.job);
    seen.tries++;
    arms = [];
    if (event.reached) slot++;
    attempt = event.reached ? 1 : attempt + 1;
  }
  expect(slot).toBe(recording.recurrences);
  return seen;
}

describe('zeus, replaying what Zeus did', () => {
  it.each(Object.entries(replays))('takes the same decisions at the same cost in %s', (_, recording) => {
    const seen = replay(recording);
    expect(seen.tries).toBe(recording.events.filter((event) => event.kind === 'try').length);
    expect(seen.samplings).toBeGreaterThan(10);
  });
});
