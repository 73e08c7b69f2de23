/** What NVML costs the process that uses it: a read, and the longest standstill of the event loop while a slow driver sets limits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openNvml } from '../../activities/gpu/nvml';
import { openNvmlSession } from '../../activities/gpu/nvmlSession';
import { createNvmlHost } from './nvmlStub';

/** Microseconds of one synchronous read of power, as the sampler does it. */
export async function measureReadMicros(reads = 200_000): Promise<number> {
  const host = createNvmlHost([{}]);
  try {
    const session = await openNvmlSession(host.libraryPath);
    const { library } = session;
    return await session.ask(host.uuids[0]!, (device) => {
      for (let n = 0; n < reads / 10; n++) library.limitMw(device);
      const began = process.hrtime.bigint();
      for (let n = 0; n < reads; n++) library.limitMw(device);
      return Number(process.hrtime.bigint() - began) / 1000 / reads;
    });
  } finally {
    host.remove();
  }
}

/**
 * Milliseconds that the slow sets add to the longest standstill. Each of the rounds is compared with one without sets, because
 * other programs stop this one too; the median round counts.
 */
export async function measureStallMs({ rounds = 9, setsPerRound = 4, driverSeconds = 0.15 } = {}): Promise<number> {
  const host = createNvmlHost([{}]);
  const [uuid = ''] = host.uuids;
  try {
    const driver = await openNvml({ library: host.libraryPath });
    host.inject({ call: 'SetPowerManagementLimit', delaySeconds: driverSeconds });
    const sets = async () => {
      for (let n = 0; n < setsPerRound; n++) await driver.setPowerLimit(uuid, n % 2 === 0 ? 200 : 150);
    };
    await sets();
    const stalls: number[] = [];
    for (let n = 0; n < rounds; n++) {
      const idle = await longestStandstillMs(sleep(setsPerRound * driverSeconds * 1000));
      stalls.push(Math.max(0, (await longestStandstillMs(sets())) - idle));
    }
    return stalls.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
  } finally {
    host.remove();
  }
}

async function longestStandstillMs(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work;
  clearInterval(ticking);
  return longest;
}
