/** Trials as Zeus's client makes them: a batch size, some reports, an end. */
import { type Answer, type Call, zeusJob } from './gateway';

export interface Trial {
  readonly batch_size: number;
  readonly trial_number: number;
}

/** With η = 1 a run costs what it draws, so tests can say costs. */
export const priced = {
  eta_knob: 1,
  max_power: 1,
  number_of_gpus: 1,
  batch_sizes: [8, 16, 32, 64],
  default_batch_size: 32,
};

export class ZeusTrials {
  constructor(
    private readonly call: Call,
    readonly job: string,
  ) {}

  /** Registers it. */
  static async of(call: Call, changes: object): Promise<ZeusTrials> {
    const spec = zeusJob(changes);
    const { status } = await call('POST', '/jobs', spec);
    expect(status).toBe(201);
    return new ZeusTrials(call, spec.job_id);
  }

  async predict(): Promise<Trial> {
    const { status, body } = await this.call('GET', `/jobs/batch_size?job_id=${this.job}`);
    expect(status).toBe(200);
    return body;
  }

  report(trial: Trial, result: object = {}): Promise<Answer> {
    const usual = { time: 14.438, energy: 3000.123, metric: 0.55, current_epoch: 98 };
    return this.call('POST', '/report', { ...trial, job_id: this.job, ...usual, ...result });
  }

  end(trial: Trial): Promise<Answer> {
    return this.call('PATCH', '/trials', { ...trial, job_id: this.job });
  }

  /** A whole trial that draws so many joules. Answers its batch size. */
  async run(
    energyOf: (batchSize: number) => number,
    metricOf: (batchSize: number) => number = () => 1,
  ): Promise<number> {
    const trial = await this.predict();
    const { batch_size: b } = trial;
    const reply = await this.report(trial, { energy: energyOf(b), metric: metricOf(b), time: 1, current_epoch: 100 });
    expect(reply).toMatchObject({ status: 200, body: { stop_train: true } });
    expect((await this.end(trial)).status).toBe(200);
    return b;
  }
}
