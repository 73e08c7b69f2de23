/** Zeus's routes: what its own tests ask of its server, and what that server was found to do wrong. */
import { type Call, onGateway, zeusJob } from '../support/gateway';
import { ZeusTrials, priced } from '../support/zeusTrials';

const onZeus = (test: (call: Call) => Promise<void>, leaseSeconds = 86_400) =>
  onGateway({ zeus: { leaseSeconds } }, ({ call }) => test(call));

const stopped = { stop_train: true, converged: false };
const succeeded = { stop_train: true, converged: true };

describe('POST /jobs', () => {
  it('registers a job once, and refuses another of its id', async () => {
    await onZeus(async (call) => {
      const spec = zeusJob();
      expect(await call('POST', '/jobs', spec)).toMatchObject({ status: 201, body: spec });
      expect(await call('POST', '/jobs', spec)).toMatchObject({ status: 200, body: spec });
      expect(await call('POST', '/jobs', { ...spec, default_batch_size: 512 })).toMatchObject({
        status: 409,
        body: { message: expect.stringContaining("doesn't match") },
      });
    });
  });

  it('names a job that has no id, fills in what is left out, and sorts the batch sizes', async () => {
    await onZeus(async (call) => {
      const gpu = {
        max_power: 300.5,
        number_of_gpus: 1,
        gpu_model: 'NVIDIA RTX PRO 6000 Blackwell Workstation Edition',
      };
      const sent = { job_id_prefix: 'mnist', batch_sizes: [64, 32], default_batch_size: 64, ...gpu, unheard: 'of' };
      const { status, body } = await call('POST', '/jobs', sent);
      expect(status).toBe(201);
      expect(body).toEqual({
        ...{ job_id: expect.stringMatching(/^mnist-[0-9a-f]{8}$/), job_id_prefix: 'mnist', batch_sizes: [32, 64] },
        ...{ default_batch_size: 64, eta_knob: 0.5, beta_knob: 2, target_metric: 0.5, higher_is_better_metric: true },
        ...{ max_epochs: 100, num_pruning_rounds: 2, window_size: 0, mab_prior_mean: 0, mab_prior_precision: 0 },
        ...{ mab_num_explorations: 2, mab_seed: null, ...gpu },
      });
      expect(await call('GET', `/jobs/batch_size?job_id=${body.job_id}`)).toMatchObject({ status: 200 });
    });
  });

  it('refuses what cannot be, also what Zeus takes and stumbles over later', async () => {
    const wrong: Record<string, object> = {
      'a default that is no batch size': { default_batch_size: 7 },
      'a default of 0': { default_batch_size: 0 },
      'no epochs': { max_epochs: 0 },
      'no batch sizes': { batch_sizes: [] },
      'an eta above 1': { eta_knob: 1.1 },
      'a beta of 0': { beta_knob: 0 },
      'an id without its prefix': { job_id: 'other' },
      'a beta under which every run fails': { beta_knob: 0.5 },
      'no pruning rounds': { num_pruning_rounds: 0 },
      'a batch size twice': { batch_sizes: [32, 32, 1024] },
      'a negative batch size': { batch_sizes: [-32, 1024] },
      'a negative window': { window_size: -3 },
      'a negative precision': { mab_prior_precision: -1 },
      'an id that can be none of ours': { job_id: 'zeus/../x' },
    };
    await onZeus(async (call) => {
      for (const [what, changes] of Object.entries(wrong)) {
        const { status, body } = await call('POST', '/jobs', zeusJob(changes));
        expect([what, status]).toEqual([what, 422]);
        expect(body.detail[0]).toMatchObject({ msg: expect.any(String), type: 'value_error' });
        expect(body.detail[0].loc.slice(0, 2)).toEqual(['body', Object.keys(changes)[0]]);
      }
    });
  });
});

describe('GET /jobs/batch_size', () => {
  it('begins with the default, and gives who asks meanwhile the best known', async () => {
    await onZeus(async (call) => {
      const { job } = await ZeusTrials.of(call, {});
      const ask = () => call('GET', `/jobs/batch_size?job_id=${job}`);
      expect(await ask()).toMatchObject({ status: 200, body: { job_id: job, batch_size: 1024, trial_number: 1 } });
      expect(await ask()).toMatchObject({ status: 200, body: { job_id: job, batch_size: 1024, trial_number: 2 } });
    });
  });

  it('does not know a job that nobody registered, and wants one named', async () => {
    await onZeus(async (call) => {
      expect(await call('GET', '/jobs/batch_size?job_id=nobody')).toMatchObject({
        status: 400,
        body: { message: 'Unknown job(nobody). Please register the job first' },
      });
      expect(await call('GET', '/jobs/batch_size')).toMatchObject({
        status: 422,
        body: { detail: [{ loc: ['query', 'job_id'] }] },
      });
    });
  });

  it('opens one trial for one Idempotency-Key', async () => {
    await onZeus(async (call) => {
      const { job } = await ZeusTrials.of(call, {});
      const ask = () => call('GET', `/jobs/batch_size?job_id=${job}`, undefined, { 'idempotency-key': 'lost-answer' });
      expect((await ask()).body).toEqual((await ask()).body);
    });
  });

  it.each([
    [128, '128:10 64:9 32:8 16:12 8:21x 256:15 | 32:8 16:12x 64:9 128:10 256:17x', [32, 64, 128]],
    [256, '256:7 128:8 64:9 32:13 16:22x | 256:8 128:8.5 64:9 32:12', [32, 64, 128, 256]],
    [64, '64:10 32:8 16:12 8:15 128:12 256:13 | 32:7 16:10 8:15 64:10 128:12 256:13', [8, 16, 32, 64, 128, 256]],
  ])('explores from %i as Zeus does', async (first, script, arms) => {
    await onZeus(async (call) => {
      const batchSizes = { batch_sizes: [8, 16, 32, 64, 128, 256], default_batch_size: first };
      const trials = await ZeusTrials.of(call, { ...priced, ...batchSizes, beta_knob: null });
      for (const step of script.split(/[ |]+/)) {
        const [, size, cost, failed] = /^(\d+):([\d.]+)(x?)$/.exec(step) ?? [];
        const metric = failed === 'x' ? 0 : 1;
        expect(
          await trials.run(
            () => Number(cost),
            () => metric,
          ),
        ).toBe(Number(size));
      }
      const later = new Set<number>();
      for (let n = 0; n < 6; n++) later.add(await trials.run((b) => 10 + b / 100));
      expect(arms).toEqual(expect.arrayContaining([...later]));
    });
  });

  it('tries each arm twice, then stays with the cheapest', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, { ...priced, num_pruning_rounds: 1 });
      const chosen: number[] = [];
      for (let n = 0; n < 12; n++) chosen.push(await trials.run((b) => 10 + b / 10));
      expect(chosen.slice(0, 4)).toEqual([32, 16, 8, 64]);
      expect(chosen.slice(4, 8).toSorted((a, b) => a - b)).toEqual([8, 16, 32, 64]);
      expect(chosen.slice(8)).toEqual([8, 8, 8, 8]);
    });
  });

  it('goes on where all results cost the same', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, { ...priced, num_pruning_rounds: 1 });
      for (let n = 0; n < 12; n++) expect([8, 16, 32, 64]).toContain(await trials.run(() => 10));
    });
  });

  it('draws anew each time without a seed, also within one second', async () => {
    await onZeus(async (call) => {
      const twoArms = { batch_sizes: [32, 64], default_batch_size: 64, num_pruning_rounds: 2, mab_seed: null };
      const trials = await ZeusTrials.of(call, { ...priced, ...twoArms });
      // Both arms cost 10 ± 1, so that each is drawn half the time.
      let n = 0;
      for (; n < 4; n++) await trials.run(() => (n < 2 ? 9 : 11));
      const drawn = await Promise.all(Array.from({ length: 24 }, () => trials.predict()));
      // All alike by chance: 2^-23.
      expect(new Set(drawn.map(({ batch_size: b }) => b)).size).toBe(2);
    });
  });

  it('begins again where nothing converged', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, { ...priced, num_pruning_rounds: 1 });
      const chosen: number[] = [];
      for (let n = 0; n < 4; n++)
        chosen.push(
          await trials.run(
            () => 10,
            () => 0,
          ),
        );
      expect(chosen).toEqual([32, 64, 32, 64]);
    });
  });

  it('gives a batch size up whose runs die three times in a row', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, priced);
      const chosen: number[] = [];
      for (let n = 0; n < 6; n++) {
        const trial = await trials.predict();
        chosen.push(trial.batch_size);
        expect((await trials.end(trial)).status).toBe(200);
      }
      expect(chosen.slice(0, 3)).toEqual([32, 32, 32]);
      expect(chosen.slice(3)).not.toContain(32);
    });
  });

  it('takes a trial of which nothing was heard for a lease for lost, and explores on', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, priced);
      await trials.run(() => 10);
      expect((await trials.predict()).batch_size).toBe(16);
      // That one is never heard of again. Until its lease is over, others get the best known size.
      let trial = await trials.predict();
      for (; trial.batch_size !== 16; trial = await trials.predict()) {
        expect(trial.batch_size).toBe(32);
        await trials.report(trial, { energy: 10, time: 1 });
      }
      expect(trial.batch_size).toBe(16);
    }, 1);
  });
});

describe('POST /report', () => {
  it('lets a run go on, ends it at its target, and answers the same again', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, {});
      const trial = await trials.predict();
      expect(await trials.report(trial, { metric: 0.4, current_epoch: 1 })).toMatchObject({
        status: 200,
        body: { stop_train: false, converged: false, message: 'Stop condition not met, keep training' },
      });
      expect(await trials.report(trial)).toMatchObject({
        status: 200,
        body: { ...succeeded, message: 'Train succeeded' },
      });
      expect(await trials.report(trial)).toMatchObject({
        status: 200,
        body: { ...succeeded, message: 'Result for this trial(1) is already reported.' },
      });
    });
  });

  it('ends a run that costs more than beta times the least, also at its target', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, {});
      await trials.report(await trials.predict());
      const dear = await trials.predict();
      const reply = await trials.report(dear, { time: 30, energy: 6000 });
      expect(reply.body).toMatchObject({
        ...stopped,
        message: expect.stringContaining('exceeded the cost upper bound'),
      });
      expect((await trials.report(dear, { time: 30, energy: 6000 })).body).toMatchObject(stopped);
    });
  });

  it('holds a run that costs exactly beta times the least for affordable, and nothing above', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, priced);
      await trials.run(() => 100);
      expect((await trials.report(await trials.predict(), { energy: 200, time: 1 })).body).toMatchObject(succeeded);
      expect((await trials.report(await trials.predict(), { energy: 200.001, time: 1 })).body).toMatchObject(stopped);
    });
  });

  it('takes no run that did not converge for the cheapest', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, { ...priced, max_epochs: 10 });
      await trials.run(() => 100);
      const cheap = await trials.report(await trials.predict(), {
        energy: 40,
        time: 1,
        metric: 0.1,
        current_epoch: 10,
      });
      expect(cheap.body).toMatchObject({ ...stopped, message: 'Train failed to converge within max_epoch(10)' });
      expect((await trials.report(await trials.predict(), { energy: 190, time: 1 })).body).toMatchObject(succeeded);
    });
  });

  it('accepts a run that was begun while batch sizes were pruned and ends later', async () => {
    await onZeus(async (call) => {
      const twoSizes = { batch_sizes: [32, 64], default_batch_size: 64, num_pruning_rounds: 1 };
      const trials = await ZeusTrials.of(call, { ...priced, ...twoSizes });
      const [first, meanwhile] = [await trials.predict(), await trials.predict()];
      await trials.report(first, { energy: 10, time: 1 });
      await trials.run(() => 12);
      await trials.run(() => 12);
      expect(await trials.report(meanwhile, { energy: 11, time: 1 })).toMatchObject({ status: 200, body: succeeded });
    });
  });

  it('wants lower metrics where lower is better', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, { ...priced, higher_is_better_metric: false, target_metric: 2 });
      const trial = await trials.predict();
      expect((await trials.report(trial, { metric: 2.5, current_epoch: 1 })).body).toMatchObject({ stop_train: false });
      expect((await trials.report(trial, { metric: 2, current_epoch: 2 })).body).toMatchObject(succeeded);
    });
  });

  it('knows no trial of another number or batch size, and none that was ended', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, {});
      const trial = await trials.predict();
      const unknown = { status: 400, body: { message: expect.stringContaining('Unknown trial') } };
      expect(await trials.report({ ...trial, batch_size: 512 })).toMatchObject(unknown);
      expect(await trials.report({ ...trial, trial_number: 9 })).toMatchObject(unknown);
      await trials.end(trial);
      expect(await trials.report(trial)).toMatchObject({
        status: 400,
        body: { message: 'Trial(1) is already reported but converged is not set.' },
      });
    });
  });

  it('refuses numbers that cannot be, and the run goes on', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ...['-1', '0', 'NaN', 'Infinity', '"much"'].map((value) => ['energy', value] as const),
      ...['-0.5', '1e999'].map((value) => ['time', value] as const),
      ...['NaN', '"high"'].map((value) => ['metric', value] as const),
      ['current_epoch', '1.5'],
    ];
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, {});
      const trial = { ...(await trials.predict()), job_id: trials.job };
      const sound = { ...trial, time: 14, energy: 3000, metric: 0.1, current_epoch: 3 };
      for (const [field, value] of wrong) {
        const text = JSON.stringify({ ...sound, [field]: 'HERE' }).replace('"HERE"', value);
        const { status, body } = await call('POST', '/report', text);
        expect([field, value, status]).toEqual([field, value, 422]);
        expect(body.detail).toHaveLength(1);
      }
      expect(await call('POST', '/report', sound)).toMatchObject({ status: 200, body: { stop_train: false } });
    });
  });
});

describe('PATCH /trials', () => {
  it('ends a trial, does nothing to one that has a result, and does not know others', async () => {
    await onZeus(async (call) => {
      const trials = await ZeusTrials.of(call, {});
      const [one, other] = [await trials.predict(), await trials.predict()];
      expect(await trials.end(one)).toMatchObject({ status: 200, body: null });
      expect(await trials.end(one)).toMatchObject({ status: 200, body: null });
      await trials.report(other);
      expect(await trials.end(other)).toMatchObject({ status: 200, body: null });
      expect((await trials.report(other)).body).toMatchObject(succeeded);
      expect(await trials.end({ ...one, trial_number: 9 })).toMatchObject({
        status: 404,
        body: { message: expect.stringContaining('Could not find the trial') },
      });
    });
  });
});

describe('DELETE /jobs', () => {
  it('forgets a job, which may then be registered otherwise', async () => {
    await onZeus(async (call) => {
      const spec = zeusJob();
      await call('POST', '/jobs', spec);
      const path = `/jobs?job_id=${spec.job_id}`;
      expect(await call('DELETE', path)).toMatchObject({ status: 200, body: null });
      expect(await call('POST', '/jobs', { ...spec, default_batch_size: 512 })).toMatchObject({ status: 201 });
      expect(await call('DELETE', path)).toMatchObject({ status: 200, body: null });
      expect(await call('DELETE', path)).toMatchObject({ status: 404, body: { message: 'No job was deleted.' } });
    });
  });

  it('leaves no trial that could be reported, whichever gateway hears of it', async () => {
    await onZeus(async (call) => {
      const { job_id } = (await call('POST', '/jobs', zeusJob())).body;
      const { body: trial } = await call('GET', `/jobs/batch_size?job_id=${job_id}`);
      await call('DELETE', `/jobs?job_id=${job_id}`);
      const epoch = { ...trial, time: 1, energy: 1, metric: 0, current_epoch: 1 };
      expect(await call('POST', '/report', epoch)).toMatchObject({
        status: 400,
        body: { message: `Unknown job ${job_id}` },
      });
      expect((await call('PATCH', '/trials', trial)).status).toBe(404);
    });
  });
});
