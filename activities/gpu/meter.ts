/** Joules drawn by the GPUs of one run since the meter was made. */
import type { GpuDriver } from './driver';

export interface Meter {
  /** Summed over the GPUs; never shrinks. */
  joules(): Promise<number>;
}

export async function createMeter(driver: GpuDriver, uuids: readonly string[]): Promise<Meter> {
  const read = () => Promise.all(uuids.map((uuid) => driver.energyJoules(uuid)));
  let last = await read();
  let total = 0;
  return {
    async joules() {
      const now = await read();
      total += now.reduce((sum, counter, i) => sum + grownBy(counter, last[i] ?? 0), 0);
      last = now;
      return total;
    },
  };
}

/** A driver that was loaded anew counts from zero; what its GPU drew between the last reading and that is lost. */
function grownBy(counter: number, before: number): number {
  return counter >= before ? counter - before : counter;
}
