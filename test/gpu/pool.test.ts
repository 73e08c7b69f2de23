import { holdInMemory } from '../../activities/gpu/hold';
import { createGpuPool } from '../../activities/gpu/pool';
import { createSimulatedGpus } from '../../activities/gpu/simulated';

describe('createGpuPool', () => {
  afterEach(() => jest.restoreAllMocks());

  it('keeps GPUs for a run that is long on its way to them, and gives them to another if it never comes', async () => {
    const gpus = createSimulatedGpus({ model: 'sim', count: 1, powerLimitsWatts: [100, 200] });
    const pool = createGpuPool(gpus, holdInMemory(gpus));
    const reserve = (run: string) => pool.reserve({ run, count: 1 }, { milliseconds: 0 });
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    expect(await reserve('first')).toHaveLength(1);
    now.mockReturnValue(45_000);
    expect(await reserve('second')).toBeUndefined();
    now.mockReturnValue(61_000);
    expect(await reserve('second')).toHaveLength(1);
  });
});
