import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createMeter } from '../../activities/gpu/meter';
import { lastSeenIn, resumedMeter } from '../../activities/training/resumed';
import type { TrainingRun } from '../../activities/training/trainer';

const uuid = 'SIM-V100-0';

async function drawing() {
  const gpus = createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [250] });
  return { gpus, meter: await createMeter(gpus, [uuid]) };
}

const runAt = (resumedAtSeconds?: number): TrainingRun => ({
  ...(resumedAtSeconds === undefined ? {} : { resumedAtSeconds }),
  next: () => Promise.reject(new Error('nobody asks')),
  stop: async () => {},
});

describe('resumedMeter', () => {
  it('counts what was told, the same power until now, and what is measured from now on', async () => {
    const { gpus, meter } = await drawing();
    const resumed = resumedMeter(meter, runAt(50), { seconds: 40, joules: 8000 });
    gpus.draw(uuid, 100);
    expect(await resumed.meter.joules()).toBe(8000 + 2000 + 100);
    expect(await resumed.meter.joulesAt(performance.now() / 1000)).toBe(10_100);
    expect(resumed.remark).toMatch(/10.0 s .* an estimate/);
  });

  it('says that energy is missing where nothing was told', async () => {
    const { meter } = await drawing();
    const resumed = resumedMeter(meter, runAt(50), undefined);
    expect(await resumed.meter.joules()).toBe(0);
    expect(resumed.remark).toMatch(/50.0 s .* not counted/);
  });

  it('leaves a run of its own alone', async () => {
    const { meter } = await drawing();
    expect(resumedMeter(meter, runAt(), { seconds: 40, joules: 8000 })).toEqual({ meter, remark: undefined });
  });
});

describe('lastSeenIn', () => {
  it('takes a sign of life that says how far a run was, and nothing else', () => {
    expect(lastSeenIn({ epochs: 2, seconds: 40, joules: 8000, powerLimitWatts: 250 })).toEqual({
      seconds: 40,
      joules: 8000,
    });
    for (const other of [
      undefined,
      null,
      {},
      { seconds: 0, joules: 0 },
      { seconds: 'x', joules: 1 },
      { waitingForGpus: 1 },
    ])
      expect(lastSeenIn(other)).toBeUndefined();
  });
});
