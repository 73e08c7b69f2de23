import { createIntegratedEnergy } from '../../activities/gpu/integratedEnergy';

describe('createIntegratedEnergy', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('sums power from its first reading on', async () => {
    const energy = createIntegratedEnergy(async () => 100 + performance.now() / 1000);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await energy.joules()).toBe(0);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await energy.joules()).toBeCloseTo(1100, 6);
  });

  it('spans a sample that failed', async () => {
    let broken = false;
    const energy = createIntegratedEnergy(async () => {
      if (broken) throw new Error('lost');
      return 200;
    });
    await energy.joules();
    broken = true;
    await jest.advanceTimersByTimeAsync(1000);
    await expect(energy.joules()).rejects.toThrow('lost');
    broken = false;
    await jest.advanceTimersByTimeAsync(1000);
    expect(await energy.joules()).toBeCloseTo(400, 6);
  });
});
