/** A job under Zeus's policy, run by run: what it decides, and what it is told. */
import { createZeus, type ZeusMemory } from '../../policy/batchSizeZeus';
import type { ZeusRules } from '../../policy/batchSizeZeusReplay';
import type { Job, Observation, Outcome } from '../../policy/facts';
import type { Ask, Decision } from '../../policy/policy';
import type { Random } from '../../policy/random';

/** At η 1 a run's joules are its cost. */
export const jobOf = (batchSizes: readonly number[], defaultBatchSize: number): Job => ({
  id: 'job',
  batchSizes,
  defaultBatchSize,
  maxEpochs: 100,
});
export const six = jobOf([8, 16, 32, 64, 128, 256], 128);
const silent: Random = { uniform: () => 0, normal: (mean) => mean };

export class Play {
  readonly policy;
  memory: ZeusMemory;
  slot = 0;
  attempt = 1;

  constructor(
    readonly job: Job,
    rules: Partial<ZeusRules> = {},
    readonly random: Random = silent,
  ) {
    this.policy = createZeus(rules);
    this.memory = this.policy.begin(job);
  }

  decide(ask: Partial<Ask> = {}): Decision {
    return this.policy.decide(
      this.memory,
      {
        id: `${this.slot}/${this.attempt}`,
        job: this.job,
        gpus: { model: 'v100', count: 1, powerLimitsWatts: [100, 250] },
        objective: { eta: 1 },
        slot: String(this.slot),
        attempt: this.attempt,
        inFlight: [],
        exploration: true,
        ...ask,
      },
      this.random,
    );
  }

  tell(batchSize: number, joules: number, outcome: Outcome = 'converged', more: Partial<Observation> = {}): void {
    const observation: Observation = {
      id: `${this.slot}/${this.attempt}`,
      slot: String(this.slot),
      attempt: this.attempt,
      gpuModel: 'v100',
      batchSize,
      powerLimitWatts: 250,
      outcome,
      epochs: 3,
      reachedEpochLimit: false,
      seconds: joules / 100,
      joules,
      measurements: [],
      ...more,
    };
    this.memory = this.policy.observe(this.memory, observation, this.job);
    this.attempt = outcome === 'converged' ? 1 : this.attempt + 1;
    if (outcome === 'converged') this.slot++;
  }
}
