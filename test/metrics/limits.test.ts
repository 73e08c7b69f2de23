import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GpuDriver } from '../../activities/gpu/driver';
import { holdByLease, holdInMemory } from '../../activities/gpu/hold';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { countedRestores, reportedHolder } from '../../activities/metrics/limits';
import { Metrics } from '../../activities/metrics/metrics';
import { createRecordingMeter } from '../support/recordingMeter';

const gpu = 'SIM-V100-0';
const holding = { runId: 'a/1', gpuUuids: [gpu] };
const limit = (which: string) => `wattbandit_power_limit_watts{gpu="${gpu}",which="${which}"}`;
const restores = (outcome: string) => `wattbandit_lease_restores_total{outcome="${outcome}"}`;

async function bench(changes: (driver: GpuDriver) => GpuDriver = (driver) => driver) {
  const recording = createRecordingMeter();
  const metrics = new Metrics();
  const driver = changes(createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [100, 150, 200, 250] }));
  await driver.setPowerLimit(gpu, 200);
  const holder = reportedHolder(holdInMemory(driver, countedRestores(metrics)), driver, metrics);
  return { ...recording, metrics, driver, holder, report: () => metrics.reportTo(recording.meter) };
}

describe('countedRestores', () => {
  it('counts a limit that the driver refuses to take back as kept', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'wattbandit-leases-'));
    const { meter, values } = createRecordingMeter();
    const metrics = new Metrics();
    metrics.reportTo(meter);
    const gpus = createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [100, 250] });
    let stuck = false;
    const driver: GpuDriver = {
      ...gpus,
      setPowerLimit: async (uuid, watts) =>
        stuck ? Promise.reject(new Error('stuck')) : gpus.setPowerLimit(uuid, watts),
    };
    const holder = holdByLease(driver, { directory, report: countedRestores(metrics) });
    await holder.hold(holding, async (power) => {
      await power.setPowerLimit(100);
      stuck = true;
    });
    expect(values).toEqual({ [restores('kept')]: 1 });
    rmSync(directory, { recursive: true });
  });
});

describe('reportedHolder', () => {
  it('tells the limits of a run while it has them, and that they are put back', async () => {
    const { holder, values, recorded, report } = await bench();
    report();
    await holder.hold(holding, async (power) => {
      expect(values).toMatchObject({ [limit('prior')]: 200, wattbandit_leases_open: 1 });
      await power.setPowerLimit(150);
      expect(values).toMatchObject({ [limit('requested')]: 150, [limit('enforced')]: 150 });
    });
    expect(values).toMatchObject({ [limit('requested')]: 200, [limit('enforced')]: 200, wattbandit_leases_open: 0 });
    expect(values).toMatchObject({ [restores('restored')]: 1, [restores('kept')]: 0 });
    expect(recorded['wattbandit_lease_restore_seconds']).toHaveLength(1);
  });

  it('shows a limit that was not put back below the one that should be', async () => {
    let stuck = false;
    const { holder, values, report } = await bench((driver) => ({
      ...driver,
      list: () => driver.list(),
      powerLimitWatts: (uuid) => driver.powerLimitWatts(uuid),
      setPowerLimit: async (uuid, watts) =>
        stuck ? Promise.reject(new Error('stuck')) : driver.setPowerLimit(uuid, watts),
    }));
    report();
    const held = holder.hold(holding, async (power) => {
      await power.setPowerLimit(100);
      stuck = true;
    });
    await expect(held).rejects.toThrow('stuck');
    expect(values).toMatchObject({ [limit('requested')]: 200, [limit('enforced')]: 100, wattbandit_leases_open: 0 });
  });

  it('shows what somebody else set as enforced', async () => {
    const metrics = new Metrics();
    const { meter, values } = createRecordingMeter();
    metrics.reportTo(meter);
    const driver = createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [100, 250] });
    const foreign = { kind: 'foreign', uuid: gpu, watts: 120 } as const;
    const holder = reportedHolder(
      { held: async () => new Set(), hold: (_, work) => work({ setPowerLimit: async () => foreign }) },
      driver,
      metrics,
    );
    await holder.hold(holding, async (power) => {
      await power.setPowerLimit(250);
      expect(values).toMatchObject({ [limit('requested')]: 250, [limit('enforced')]: 120 });
    });
  });

  it('asks the driver for nothing where nothing is reported', async () => {
    let asked = 0;
    const { driver } = await bench();
    const watched: GpuDriver = {
      ...driver,
      powerLimitWatts: async (uuid) => {
        asked += 1;
        return driver.powerLimitWatts(uuid);
      },
    };
    const holder = reportedHolder(
      {
        held: async () => new Set(),
        hold: (_, work) => work({ setPowerLimit: async (watts) => ({ kind: 'set', watts }) }),
      },
      watched,
      new Metrics(),
    );
    await holder.hold(holding, (power) => power.setPowerLimit(100));
    expect(asked).toBe(0);
  });
});
