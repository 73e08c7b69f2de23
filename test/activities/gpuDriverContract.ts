/** What every GPU driver promises. An adapter's test calls this with a way to make one. */
import type { GpuDriver } from '../../activities/gpu/driver';

export function describeGpuDriver(name: string, create: () => Promise<GpuDriver>): void {
  describe(`the GPU driver port, by ${name}`, () => {
    let driver: GpuDriver;
    let prior: readonly { readonly uuid: string; readonly watts: number }[] = [];
    beforeEach(async () => {
      driver = await create();
      const gpus = await driver.list();
      prior = await Promise.all(gpus.map(async ({ uuid }) => ({ uuid, watts: await driver.powerLimitWatts(uuid) })));
    });
    /** The suite may run on somebody's hardware. */
    afterEach(async () => {
      await Promise.all(prior.map(({ uuid, watts }) => driver.setPowerLimit(uuid, watts)));
    });

    it('lists GPUs by distinct UUIDs, with ascending power limits', async () => {
      const gpus = await driver.list();
      expect(gpus.length).toBeGreaterThan(0);
      expect(new Set(gpus.map(({ uuid }) => uuid)).size).toBe(gpus.length);
      for (const { model, powerLimitsWatts } of gpus) {
        expect(model).toMatch(/^.{1,100}$/);
        expect(powerLimitsWatts.length).toBeGreaterThan(0);
        expect(powerLimitsWatts.length).toBeLessThanOrEqual(64);
        expect(powerLimitsWatts[0]).toBeGreaterThan(0);
        powerLimitsWatts.slice(1).forEach((watts, i) => expect(watts).toBeGreaterThan(powerLimitsWatts[i]!));
      }
    });

    it('lists the same GPUs in the same order every time, whatever their limits', async () => {
      const before = await driver.list();
      for (const { uuid, powerLimitsWatts } of before) await driver.setPowerLimit(uuid, powerLimitsWatts[0]!);
      expect(await driver.list()).toEqual(before);
    });

    it('sets all GPUs at once', async () => {
      const gpus = await driver.list();
      await Promise.all(gpus.map(({ uuid, powerLimitsWatts }) => driver.setPowerLimit(uuid, powerLimitsWatts[0]!)));
      const limits = await Promise.all(gpus.map(({ uuid }) => driver.powerLimitWatts(uuid)));
      expect(limits).toEqual(gpus.map(({ powerLimitsWatts }) => powerLimitsWatts[0]));
    });

    it('reads back every limit it offers, on that GPU alone', async () => {
      const gpus = await driver.list();
      for (const { uuid, powerLimitsWatts } of gpus) {
        const others = gpus.filter((gpu) => gpu.uuid !== uuid);
        const before = await Promise.all(others.map((gpu) => driver.powerLimitWatts(gpu.uuid)));
        for (const watts of powerLimitsWatts) {
          await driver.setPowerLimit(uuid, watts);
          expect(await driver.powerLimitWatts(uuid)).toBe(watts);
        }
        expect(await Promise.all(others.map((gpu) => driver.powerLimitWatts(gpu.uuid)))).toEqual(before);
      }
    });

    it('may be told the same limit twice', async () => {
      const [gpu] = await driver.list();
      await driver.setPowerLimit(gpu!.uuid, gpu!.powerLimitsWatts[0]!);
      await driver.setPowerLimit(gpu!.uuid, gpu!.powerLimitsWatts[0]!);
      expect(await driver.powerLimitWatts(gpu!.uuid)).toBe(gpu!.powerLimitsWatts[0]);
    });

    it('refuses a limit outside its range and keeps the one in force', async () => {
      const [gpu] = await driver.list();
      const before = await driver.powerLimitWatts(gpu!.uuid);
      for (const watts of [gpu!.powerLimitsWatts.at(-1)! + 1000, 0, -100, Number.NaN, Infinity]) {
        await expect(driver.setPowerLimit(gpu!.uuid, watts)).rejects.toThrow(gpu!.uuid);
      }
      expect(await driver.powerLimitWatts(gpu!.uuid)).toBe(before);
    });

    it('names a GPU that it does not have', async () => {
      await expect(driver.powerLimitWatts('GPU-nowhere')).rejects.toThrow('GPU-nowhere');
      await expect(driver.energyJoules('GPU-nowhere')).rejects.toThrow('GPU-nowhere');
      await expect(driver.condition('GPU-nowhere')).rejects.toThrow('GPU-nowhere');
      const [gpu] = await driver.list();
      await expect(driver.setPowerLimit('GPU-nowhere', gpu!.powerLimitsWatts[0]!)).rejects.toThrow('GPU-nowhere');
    });

    it('says how exactly it tells energy, and what it knows of a GPU’s condition', async () => {
      for (const { uuid, energy, powerLimitsWatts } of await driver.list()) {
        expect(['exact', 'counter', 'sampled']).toContain(energy);
        await driver.setPowerLimit(uuid, powerLimitsWatts[0]!);
        const {
          enforcedWatts = powerLimitsWatts[0]!,
          temperatureCelsius = 40,
          heldBack = false,
        } = await driver.condition(uuid);
        expect(enforcedWatts).toBeGreaterThan(0);
        expect(enforcedWatts).toBeLessThanOrEqual(powerLimitsWatts[0]!);
        expect(temperatureCelsius).toBeGreaterThan(0);
        expect(typeof heldBack).toBe('boolean');
      }
    });

    it('counts energy that never shrinks', async () => {
      const [gpu] = await driver.list();
      const first = await driver.energyJoules(gpu!.uuid);
      expect(Number.isFinite(first)).toBe(true);
      expect(await driver.energyJoules(gpu!.uuid)).toBeGreaterThanOrEqual(first);
    });
  });
}
