/**
 * A process beside the worker that puts the limits back when the worker cannot: its pipe from the worker ends without "done",
 * or the worker is silent for too long. Started by `startSentinel`, with its orders as its one argument.
 */
import { createDriver } from './driverDescription';
import { reasonOf } from './errors';
import { loadFlock } from './flock';
import { lines, ordersSchema } from './orders';
import { putBack } from './putBack';
import { untilWorkerEnds } from './untilWorkerEnds';

async function main(text: string): Promise<void> {
  survive();
  const orders = ordersSchema.parse(JSON.parse(text));
  const driver = await createDriver(orders.driver);
  await loadFlock();
  // One that cannot read a limit could not put it back.
  await Promise.all(orders.uuids.map((uuid) => driver.powerLimitWatts(uuid)));
  const end = untilWorkerEnds(orders);
  process.stdout.write(lines.ready);
  if ((await end) === 'done') return;
  await Promise.all(orders.uuids.map((uuid) => putBack(orders, uuid, driver)));
}

/** A service that stops signals all its processes: the worker then needs its sentinel more than ever. */
function survive(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  // Nobody may be left to read.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

main(process.argv[2] ?? '').then(
  () => process.exit(0),
  (error: unknown) => {
    process.stdout.write(`${reasonOf(error)}\n`, () => process.exit(1));
  },
);
