/** The sentinel's ear: waits until the worker is done, is gone, or has been silent for too long and is killed. */
import { startOf } from './host';
import { type Orders, lines } from './orders';

/** Counted, not measured: when the whole host was paused, the worker deserves the time to speak. */
const ticksOfSilence = 4;

export function untilWorkerEnds(orders: Orders): Promise<'done' | 'gone'> {
  return new Promise((resolve) => {
    let ticks = 0;
    const ticking = setInterval(
      () => {
        ticks += 1;
        if (ticks > ticksOfSilence) void killWorker(orders).then(() => end('gone'));
      },
      (orders.hungAfterSeconds * 1000) / ticksOfSilence,
    );
    const end = (how: 'done' | 'gone') => {
      clearInterval(ticking);
      resolve(how);
    };
    let heard = '';
    process.stdin.on('data', (chunk: Buffer) => {
      ticks = 0;
      heard = (heard + chunk.toString()).slice(-lines.done.length);
      if (heard === lines.done) end('done');
    });
    process.stdin.once('error', () => end('gone'));
    process.stdin.once('close', () => end('gone'));
    process.stdin.once('end', () => end('gone'));
  });
}

/** Its process id may have been given to another since; when it started tells them apart. */
async function killWorker({ workerPid, workerStartedAt }: Orders): Promise<void> {
  if ((await startOf(workerPid)) !== workerStartedAt) return;
  try {
    process.kill(workerPid, 'SIGKILL');
  } catch {
    // Gone by itself.
  }
}
