import { setTimeout as sleep } from 'node:timers/promises';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { Place } from '../../activities/training/airflow/run';
import type { RecurrenceResult } from '../../workflows/messages';
import { createOutbound, failed, specOf, unreachable, until } from '../support/airflowOutbound';
import { airflow3 } from '../support/airflowMajors';
import { describeAirflow } from './airflowContract';

// Airflow takes long to begin a task on a busy machine.
jest.setTimeout(240_000);

const outbound = createOutbound(airflow3, 'train_here');

describeAirflow(outbound);

/** Nothing of it is a matter of Airflow's version. */
describe('a task that trains elsewhere', () => {
  it('repeats all that a run elsewhere reported, whose energy lies in its reports', async () => {
    const spec = specOf({ dag: 'outbound_elsewhere' });
    let joules = 0;
    const place: Place = { kind: 'elsewhere', draw: (_, drawn) => void (joules += drawn) };
    await until(await outbound.train(spec, { place }), (event) => event.kind === 'epoch' && event.epoch === 2);
    joules = 0;
    const second = await outbound.train(spec, { place });
    const events = await until(second, (event) => event.kind === 'epoch' && event.epoch === 3);
    expect(second.resumedAtSeconds).toBeUndefined();
    expect(events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([1, 2, 3]);
    expect(joules).toBeCloseTo(300 * events.at(-1)!.atSeconds, 6);
  });

  it('passes on what a task elsewhere drew, and no more', async () => {
    const gpus = createSimulatedGpus({ model: 'A100', count: 2, powerLimitsWatts: [300] });
    const uuids = (await gpus.list()).map(({ uuid }) => uuid);
    const place: Place = { kind: 'elsewhere', draw: (uuid, joules) => gpus.draw(uuid, joules) };
    const spec = specOf({ dag: 'outbound_elsewhere' });
    const run = await outbound.train(spec, { place, gpuUuids: uuids });
    expect(run.beganAtSeconds).toBeUndefined();
    for (const epoch of [1, 2]) {
      const { atSeconds } = (await until(run, (event) => event.kind === 'epoch' && event.epoch === epoch)).at(-1)!;
      const drawn = await Promise.all(uuids.map((uuid) => gpus.energyJoules(uuid)));
      expect(drawn[0]).toBeCloseTo((300 * atSeconds) / 2, 6);
      expect(drawn[1]).toBeCloseTo((300 * atSeconds) / 2, 6);
    }
  });

  it('refuses a task elsewhere that does not say what it drew', async () => {
    const failure = await failed(await outbound.train(specOf(), { place: { kind: 'elsewhere', draw: () => {} } }));
    expect(failure).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining('joules') });
  });
});

/** Whole: a worker of the command line, its GPUs, Temporal, Airflow. */
describe('a recurrence that Airflow trains', () => {
  it('elsewhere: with what its task says it drew', async () => {
    const driver = { kind: 'elsewhere', model: 'A100', powerLimitWatts: 300 };
    const { handle } = await outbound.begin({ hardware: { driver }, section: { dag: 'outbound_elsewhere' } });
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged', gpuModel: 'A100', powerLimitWatts: 300 });
    expect(observation.joules).toBeCloseTo(300 * observation.seconds, 3);
  });

  it('by a DAG that asks by itself otherwise', async () => {
    const { handle, jobs } = await outbound.begin({
      section: { dag: 'train_here' },
      changes: { job: 'fraud', target: { metric: 'accuracy', value: 0.7 } },
    });
    const { observation }: RecurrenceResult = await handle.result();
    expect(observation).toMatchObject({ outcome: 'converged', batchSize: 20 });
    expect(observation.epochs).toBeGreaterThan(1);
    // Its later tasks may run still.
    const runs = () => outbound.runsOf({ ...specOf(), job: 'fraud' }, 'train_here');
    while ((await runs()).some(({ state }) => state === 'running')) await sleep(200);
    expect(await runs()).toMatchObject([{ state: 'success' }]);
    await jobs.delete('fraud');
  });

  it('once, also when the worker that started it is killed', async () => {
    const { host, spec, handle } = await outbound.begin({ changes: { target: unreachable } });
    await outbound.untilRunning(spec);
    await sleep(2500);
    await host.end('SIGKILL');
    await host.start();
    while ((await handle.describe()).raw.pendingActivities?.[0]?.attempt !== 2) await sleep(200);
    await sleep(2500);
    expect(await outbound.runsOf(spec)).toMatchObject([{ state: 'running' }]);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(await outbound.runsOf(spec)).toMatchObject([{ state: 'failed' }]);
    expect(host.limitsWatts).toEqual([240]);
  });

  it('until it is cancelled', async () => {
    const { spec, handle } = await outbound.begin({ changes: { target: unreachable } });
    await outbound.untilRunning(spec);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect(await outbound.runsOf(spec)).toMatchObject([{ state: 'failed' }]);
  });
});
