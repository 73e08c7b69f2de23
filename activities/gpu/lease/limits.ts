/** Power limits through the port: set and believed only when read back, on one GPU or on all of them or on none. */
import type { GpuDriver } from '../driver';

/** A driver may round to its own steps. */
const toleranceWatts = 1;

/** Two readings of one limit differ by no more than the arithmetic of units. */
const sameWatts = 0.001;

export interface Limit {
  readonly uuid: string;
  readonly watts: number;
}

export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= sameWatts;
}

export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= toleranceWatts;
}

/** Answers the limit in force. */
export async function setAndReadBack(driver: GpuDriver, { uuid, watts }: Limit): Promise<number> {
  await driver.setPowerLimit(uuid, watts);
  const actual = await driver.powerLimitWatts(uuid);
  if (isNear(actual, watts)) return actual;
  throw new Error(
    `Cannot set the power limit of GPU ${uuid} to ${watts} W: it reads back ${actual} W; does another tool enforce its own?`,
  );
}

/** Sets one limit on all GPUs; if one refuses, the others get back what they had. Answers the limit in force. */
export async function setAll(driver: GpuDriver, before: readonly Limit[], watts: number): Promise<number> {
  const sets = await Promise.allSettled(before.map(({ uuid }) => setAndReadBack(driver, { uuid, watts })));
  const refusal = sets.find((set) => set.status === 'rejected');
  if (refusal === undefined) return Math.max(...sets.map((set) => (set.status === 'fulfilled' ? set.value : watts)));
  // Should this fail too, the lease's end still knows what to put back.
  await Promise.allSettled(before.map((limit) => setAndReadBack(driver, limit)));
  throw refusal.reason;
}

export interface Range {
  readonly lowestWatts: number;
  readonly highestWatts: number;
}

/** What an operator allows on this host, whatever the hardware takes. */
export type SiteLimits = Partial<Range>;

/** What all GPUs take and the site allows. */
export async function commonRange(driver: GpuDriver, uuids: readonly string[], site: SiteLimits): Promise<Range> {
  const gpus = await driver.list();
  const choices = uuids.map((uuid) => {
    const found = gpus.find((gpu) => gpu.uuid === uuid);
    if (found !== undefined) return found.powerLimitsWatts;
    throw new Error(`Cannot lease GPU ${uuid}: this host has ${gpus.map((gpu) => gpu.uuid).join(', ') || 'none'}.`);
  });
  const lowestWatts = Math.max(...choices.map((watts) => Math.min(...watts)), site.lowestWatts ?? 0);
  const highestWatts = Math.min(...choices.map((watts) => Math.max(...watts)), site.highestWatts ?? Infinity);
  if (lowestWatts <= highestWatts) return { lowestWatts, highestWatts };
  throw new Error(
    `Cannot lease GPUs ${uuids.join(', ')}: no limit suits all and the site; they would need one of at least ${lowestWatts} W and at most ${highestWatts} W.`,
  );
}

/** In whole milliwatts, as drivers count. */
export function clamp(watts: number, { lowestWatts, highestWatts }: Range): number {
  const clamped = Math.min(Math.max(watts, lowestWatts), highestWatts);
  return Math.round(clamped * 1000) / 1000;
}
