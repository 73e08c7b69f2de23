/** A process that leases GPUs, sets limits, says so, and holds on until SIGTERM; for tests to kill. Its one argument: */
import { once } from 'node:events';
import { type DriverDescription, createDriver } from '../../activities/gpu/lease/driverDescription';
import { withPowerLease } from '../../activities/gpu/lease/withPowerLease';

export interface HolderOrders {
  readonly driver: DriverDescription;
  readonly directory: string;
  readonly uuids: readonly string[];
  readonly watts: readonly number[];
  readonly runId: string;
  readonly sentinel: boolean;
  /** Another one than the holder's. */
  readonly sentinelDriver?: DriverDescription;
  readonly hungAfterSeconds?: number;
  /** Never sets this GPU, but waits. */
  readonly stallAt?: string;
  /** Sets the limits in turn, again and again. */
  readonly cycle?: boolean;
  /** Blocks the event loop once the limits are set. */
  readonly hang?: boolean;
}

const orders: HolderOrders = JSON.parse(process.argv[2] ?? '');
const say = (said: unknown) => process.stdout.write(`${JSON.stringify(said)}\n`);

async function main(): Promise<void> {
  const driver = await createDriver(orders.driver);
  const stalling = {
    ...driver,
    list: () => driver.list(),
    powerLimitWatts: (uuid: string) => driver.powerLimitWatts(uuid),
    async setPowerLimit(uuid: string, watts: number) {
      if (uuid === orders.stallAt) await new Promise(() => setTimeout(() => say('stalled'), 50));
      await driver.setPowerLimit(uuid, watts);
    },
  };
  const { directory, runId, hungAfterSeconds, sentinelDriver = orders.driver } = orders;
  const sentinel = orders.sentinel
    ? { driver: sentinelDriver, ...(hungAfterSeconds && { hungAfterSeconds }) }
    : undefined;
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  await withPowerLease(stalling, orders.uuids, { directory, runId, sentinel, report: say }, async (lease) => {
    for (const watts of orders.watts) await lease.setPowerLimit(watts);
    say('set');
    while (orders.cycle && !stop.signal.aborted) for (const watts of orders.watts) await lease.setPowerLimit(watts);
    // oxlint-disable-next-line no-empty -- hung
    while (orders.hang) {}
    // A handler of a signal keeps no process running.
    const holding = setInterval(() => {}, 1000);
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    clearInterval(holding);
  });
  say('ended');
}

main().catch((error: Error) => {
  say({ failed: error.message, name: error.name });
  process.exit(1);
});
