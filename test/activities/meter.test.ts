import type { GpuDriver } from '../../activities/gpu/driver';
import { createMeter } from '../../activities/gpu/meter';
import { createSimulatedGpus } from '../../activities/gpu/simulated';

/** A GPU whose counter reads what it is given, one after the other. */
function counting(...readings: number[]): GpuDriver {
  const gpus = createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [100] });
  return { ...gpus, energyJoules: async () => readings.shift() ?? Number.NaN };
}

describe('createMeter', () => {
  it('sums over the GPUs of the run, from when it was made', async () => {
    const gpus = createSimulatedGpus({ model: 'V100', count: 3, powerLimitsWatts: [100] });
    const [first, second, third] = (await gpus.list()).map(({ uuid }) => uuid);
    gpus.draw(first!, 1000);
    const meter = await createMeter(gpus, [first!, second!]);
    gpus.draw(first!, 5);
    gpus.draw(second!, 7);
    gpus.draw(third!, 100);
    expect(await meter.joules()).toBe(12);
    expect(await meter.joules()).toBe(12);
  });

  it('never goes back: a driver that was loaded anew counts on from zero', async () => {
    const meter = await createMeter(counting(1000, 1500, 20, 60), ['any']);
    expect(await meter.joules()).toBe(500);
    expect(await meter.joules()).toBe(520);
    expect(await meter.joules()).toBe(560);
  });
});
