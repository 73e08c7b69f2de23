/** GPUs that somebody else holds for a moment: an earlier attempt that has not noticed that it was given up, for instance. */
import { sleep } from '@temporalio/activity';
import type { GpuHolder, HeldPower, Holding } from '../gpu/hold';
import { GpuBusy } from '../gpu/lease/errors';

const lookEveryMs = 500;

/** @throws GpuBusy after `patienceMs`; waits for as long as it takes unless given */
export async function holdWhenFree<T>(
  holder: GpuHolder,
  holding: Holding,
  work: (power: HeldPower) => Promise<T>,
  patienceMs = Infinity,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await holder.hold(holding, work);
    } catch (error) {
      if (!(error instanceof GpuBusy) || Date.now() > deadline) throw error;
      await sleep(lookEveryMs);
    }
  }
}
