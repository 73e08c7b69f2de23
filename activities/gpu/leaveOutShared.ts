/** Keeps runs off GPUs on which programs of others compute, unless the site allows it. */
import type { GpuHolder } from './hold';
import { GpuBusy } from './lease/errors';
import { type ReportingGpuDriver, sharedBecause } from './report';

/**
 * The same holder, for which a GPU that others compute on is as taken as one that a run holds: it is waited for, and never
 * costs a run its host.
 */
export function leaveOutShared(holder: GpuHolder, driver: Partial<ReportingGpuDriver>): GpuHolder {
  const { describe } = driver;
  // A driver of the user's own may not know.
  if (describe === undefined) return holder;
  return {
    async held() {
      const [held, reports] = await Promise.all([holder.held(), describe()]);
      const shared = reports.filter((report) => sharedBecause(report) !== undefined);
      return new Set([...held, ...shared.map(({ uuid }) => uuid)]);
    },
    hold: (holding, work) =>
      holder.hold(holding, async (power) => {
        // Whoever computes on a GPU that this run alone holds is not of ours.
        for (const report of await describe()) {
          const wanted = holding.gpuUuids.includes(report.uuid);
          if (wanted && sharedBecause(report) !== undefined) throw new GpuBusy(report.uuid, 'a program of others');
        }
        return work(power);
      }),
  };
}
