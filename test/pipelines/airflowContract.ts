/** What wattbandit's trainer does with every Airflow that it knows. */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../../activities/training/airflow/run';
import type { RecurrenceResult } from '../../workflows/messages';
import { describeTrainer } from '../activities/trainerContract';
import { type AirflowOutbound, type KnownRun, failed, specOf, unreachable, until } from '../support/airflowOutbound';

export function describeAirflow(outbound: AirflowOutbound): void {
  const { name, secondsPerStep } = outbound.major;
  const slow = { conf: { seconds_per_step: secondsPerStep } };

  describeTrainer(name, async () => ({ trainer: outbound.trainer(), spec: specOf(slow), gpuUuids: ['GPU-0'] }));

  describe('createAirflowTrainer', () => {
    it('tells the DAG run what was decided, and fills the names that its DAG has of its own', async () => {
      const spec = specOf({ conf: { lr: 0.1, size: '${batch_size}' } });
      const terms = { powerLimitWatts: 200, eta: 0.5, costCeilingJoules: null };
      const id = '2026-07-01T00:00:00.000Z/2';
      const run = await outbound.trainer().start({ id, spec, batchSize: 40, gpuUuids: ['GPU-0'], terms });
      await run.stop();
      const [known] = await outbound.runsOf(spec);
      expect(known?.dag_run_id).toBe(`wattbandit~${spec.job}~2026-07-01T00:00:00.000Z~2`);
      expect(known?.conf).toEqual({
        lr: 0.1,
        size: 40,
        wattbandit: {
          job: spec.job,
          run_id: id,
          recurrence: '2026-07-01T00:00:00.000Z',
          batch_size: 40,
          default_batch_size: 20,
          max_epochs: 100,
          target: { metric: 'accuracy', value: 2, direction: 'atLeast' },
          host: hostname(),
          gpu_uuids: ['GPU-0'],
          power_limit_watts: 200,
          eta: 0.5,
        },
      });
    });

    it('stops the DAG run, and starts another one when the same run is wanted again', async () => {
      const spec = specOf();
      const isOver = ({ state }: KnownRun) => state === 'failed' || state === 'success';
      await (await outbound.train(spec)).stop();
      expect((await outbound.runsOf(spec)).map(isOver)).toEqual([true]);
      const again = await outbound.train(spec);
      expect((await outbound.runsOf(spec)).map(isOver).toSorted((a, b) => Number(a) - Number(b))).toEqual([
        false,
        true,
      ]);
      await again.stop();
      expect((await outbound.runsOf(spec)).map(isOver)).toEqual([true, true]);
    });

    it('goes on with a run that was started before, from where it is now', async () => {
      const spec = specOf(slow);
      await until(await outbound.train(spec), (event) => event.kind === 'epoch' && event.epoch === 2);
      const second = await outbound.train(spec);
      expect(await outbound.runsOf(spec)).toHaveLength(1);
      const [first, ...rest] = await until(second, (event) => event.kind === 'epoch' && event.epoch === 4);
      expect(first).toMatchObject({ kind: 'epoch', epoch: 2 });
      expect(second.resumedAtSeconds).toBeGreaterThanOrEqual(first!.atSeconds);
      expect(rest.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([3, 4]);
    });

    it('lets a run that reached its target finish in its own way', async () => {
      const spec = specOf({}, { target: { metric: 'accuracy', value: 0.7 } });
      const run = await outbound.train(spec);
      const last = (await until(run, (event) => event.kind === 'epoch' && event.metric >= 0.7)).at(-1);
      expect(last).toMatchObject({ kind: 'epoch', metric: expect.any(Number) });
      await run.stop();
      for (let tries = 0; tries < 100 && (await outbound.runsOf(spec))[0]?.state === 'running'; tries++)
        await sleep(200);
      expect(await outbound.runsOf(spec)).toMatchObject([{ state: 'success' }]);
      const [{ dag_run_id: id }] = (await outbound.runsOf(spec)) as [KnownRun];
      const entry = await outbound.airflow.ask(
        `/dags/outbound/dagRuns/${encodeURIComponent(id)}/taskInstances/publish/xcomEntries/return_value`,
      );
      expect(entry).toMatchObject({ value: 'published' });
    });

    it('takes a result that is told once, as what the task returns', async () => {
      let joules = 0;
      const place: Place = { kind: 'elsewhere', draw: (_, drawn) => void (joules += drawn) };
      const target = { metric: 'accuracy', value: 0.7 };
      const spec = specOf({ dag: 'outbound_once', task: 'fit', report: 'return_value' }, { target });
      const events = await until(await outbound.train(spec, { place }), ({ kind }) => kind === 'epoch');
      expect(events.at(-1)).toMatchObject({ kind: 'epoch', metric: expect.any(Number) });
      expect(joules).toBeCloseTo(1234.5, 6);
    });

    it('refuses a task on another host, whose joules are not those of the GPUs held', async () => {
      const failure = await failed(await outbound.train(specOf(), { place: { kind: 'here', hostnames: ['gpu-7'] } }));
      expect(failure).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining(hostname()) });
      expect(failure).toMatchObject({ detail: expect.stringContaining('gpu-7') });
    });

    it.each([
      ['crashes', 'infrastructure', /ended as failed in Airflow/],
      ['mute', 'infrastructure', /without a report/],
      ['outOfMemory', 'outOfMemory', /no room for the batch/],
    ])('tells how a task ended that %s', async (behaviour, failure, detail) => {
      const event = await failed(await outbound.train(specOf({ conf: { behaviour } })));
      expect(event).toMatchObject({ kind: 'failed', failure, detail: expect.stringMatching(detail) });
    });

    it('has diverged when its task is content without the target', async () => {
      expect(await failed(await outbound.train(specOf({}, { maxEpochs: 1 })))).toMatchObject({ failure: 'diverged' });
    });

    it('refuses a paused DAG, and says what to do; unpauses it if it may', async () => {
      const spec = specOf({ dag: 'outbound_paused' });
      await expect(outbound.train(spec)).rejects.toThrow(/outbound_paused is paused.*trainer.unpause: true/);
      await expect(outbound.train(spec)).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
      const run = await outbound.train({ ...spec, trainer: { ...spec.trainer, unpause: true } });
      expect(await run.next()).toMatchObject({ kind: 'progress' });
    });

    it.each([
      [{ dag: 'no_such_dag' }, /no_such_dag/],
      [{ dags: 'x' }, /dags/],
      [{ conf: { size: '${batchSize}' } }, /batchSize.*batch_size/],
      [{ poll: '1ms' }, /trainer.poll/],
    ])('refuses %j for good', async (section, message) => {
      const refused = outbound.train(specOf(section));
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
    });

    it('refuses what Airflow does not believe, without telling the secret', async () => {
      process.env['WATTBANDIT_TEST_PASSWORD'] = 'wrong-password';
      const login = { username: 'admin', password: { env: 'WATTBANDIT_TEST_PASSWORD' } };
      const refused = outbound.trainer({ login }).start({ id: 'a', spec: specOf(), batchSize: 20, gpuUuids: [] });
      const error = await refused.catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        nonRetryable: true,
        type: 'UnsuitableHost',
        message: expect.stringMatching(/status 40[13] .*mend the login/),
      });
      expect(JSON.stringify(error) + String(error)).not.toContain('wrong-password');
    });
  });

  describe('a recurrence that Airflow trains', () => {
    it('here: under the limits of this host, whose GPUs are measured', async () => {
      const { host, spec, handle } = await outbound.begin({
        changes: { target: unreachable, maxEpochs: 15, attempts: 1 },
      });
      const { observation }: RecurrenceResult = await handle.result();
      expect(observation).toMatchObject({ outcome: 'diverged', reachedEpochLimit: true, batchSize: 20, epochs: 15 });
      expect(observation.joules).toBeGreaterThan(30 * observation.seconds);
      expect(host.nvml.sets().length).toBeGreaterThan(1);
      expect(observation.leases).toMatchObject([{ outcome: 'restored' }]);
      const [known] = await outbound.runsOf(spec);
      expect(known?.conf['wattbandit']).toMatchObject({ batch_size: 20, gpu_uuids: host.nvml.uuids, eta: 0.5 });
    });
  });
}
