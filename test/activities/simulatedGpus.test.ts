import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { describeGpuDriver } from './gpuDriverContract';

const create = () => createSimulatedGpus({ model: 'V100', count: 3, powerLimitsWatts: [100, 150, 200, 250] });

describeGpuDriver('simulation', async () => create());

describe('createSimulatedGpus', () => {
  it('starts at the highest limit and adds up what is drawn', async () => {
    const gpus = create();
    const [first, second] = await gpus.list();
    gpus.draw(first!.uuid, 40);
    gpus.draw(first!.uuid, 2);
    expect(await gpus.powerLimitWatts(first!.uuid)).toBe(250);
    expect(await gpus.energyJoules(first!.uuid)).toBe(42);
    expect(await gpus.energyJoules(second!.uuid)).toBe(0);
  });
});
