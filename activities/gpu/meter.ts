/** Joules drawn by the GPUs of one run since the meter was made. */
import type { GpuDriver } from './driver';

export interface Meter {
  joules(): Promise<number>;
}

export async function createMeter(driver: GpuDriver, uuids: readonly string[]): Promise<Meter> {
  const total = async () => {
    const counters = await Promise.all(uuids.map((uuid) => driver.energyJoules(uuid)));
    return counters.reduce((sum, joules) => sum + joules, 0);
  };
  const start = await total();
  return { joules: async () => (await total()) - start };
}
