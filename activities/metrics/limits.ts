/** Reports the power limits of the GPUs that runs hold, and that they are put back. */
import type { GpuDriver } from '../gpu/driver';
import type { GpuHolder, HeldPower } from '../gpu/hold';
import type { Restored } from '../gpu/lease/outcome';
import type { LimitSet } from '../gpu/lease/powerLease';
import type { Report } from '../gpu/lease/withPowerLease';
import type { Metrics } from './metrics';

type Which = 'prior' | 'requested' | 'enforced';

const outcomes = [
  'restored',
  'already',
  'rebooted',
  'foreign',
  'kept',
  'bad',
] as const satisfies readonly Restored['kind'][];

/** For whoever puts limits back. */
export function countedRestores(metrics: Metrics): Report {
  return (restored) => {
    for (const { kind: outcome } of restored) metrics.add('wattbandit_lease_restores_total', { outcome });
  };
}

export function reportedHolder(holder: GpuHolder, driver: GpuDriver, metrics: Metrics): GpuHolder {
  let open = 0;
  // A rise from nothing is none to Prometheus: the first limit that is not put back would go unseen.
  const beginAtZero = () => {
    for (const outcome of outcomes) metrics.add('wattbandit_lease_restores_total', { outcome }, 0);
  };
  const opened = (count: number) => {
    open += count;
    metrics.set('wattbandit_leases_open', {}, open);
    beginAtZero();
  };
  return {
    held: () => holder.held(),
    async hold(holding, work) {
      if (!metrics.reported) return holder.hold(holding, work);
      const { gpuUuids } = holding;
      const limits = createLimitReport(gpuUuids, driver, metrics);
      let workEndedMs: number | undefined;
      try {
        return await holder.hold(holding, async (power) => {
          opened(gpuUuids.length);
          try {
            await limits.begin();
            return await work(limits.of(power));
          } finally {
            workEndedMs = performance.now();
          }
        });
      } finally {
        if (workEndedMs !== undefined) {
          metrics.record('wattbandit_lease_restore_seconds', {}, (performance.now() - workEndedMs) / 1000);
          opened(-gpuUuids.length);
          await limits.end();
        }
      }
    },
  };
}

function createLimitReport(uuids: readonly string[], driver: GpuDriver, metrics: Metrics) {
  const set = (gpu: string, which: Which, watts: number) =>
    metrics.set('wattbandit_power_limit_watts', { gpu, which }, watts);
  const prior = new Map<string, number>();
  // A driver that does not answer is the lease's to deal with.
  const read = async (gpu: string) => driver.powerLimitWatts(gpu).catch(() => NaN);
  const inForce = (answer: LimitSet, gpu: string) =>
    answer.kind === 'set' || answer.uuid === gpu ? answer.watts : NaN;
  return {
    async begin(): Promise<void> {
      for (const gpu of uuids) {
        const watts = await read(gpu);
        prior.set(gpu, watts);
        set(gpu, 'prior', watts);
      }
    },
    of: (power: HeldPower): HeldPower => ({
      async setPowerLimit(watts) {
        const answer = await power.setPowerLimit(watts);
        for (const gpu of uuids) {
          set(gpu, 'requested', watts);
          set(gpu, 'enforced', inForce(answer, gpu));
        }
        return answer;
      },
    }),
    async end(): Promise<void> {
      for (const gpu of uuids) {
        set(gpu, 'requested', prior.get(gpu) ?? NaN);
        set(gpu, 'enforced', await read(gpu));
      }
    },
  };
}
