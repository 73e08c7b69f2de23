/**
 * When a trainer began and what the counters of its GPUs said then. It is kept where it outlives the worker, so that whoever takes
 * the run over still knows all that it drew.
 */
import { z } from 'zod';
import type { GpuDriver } from '../gpu/driver';
import { jsonOf } from '../json';
import type { Outset } from './trainer';

export const beginningSchema = z.object({ at: z.iso.datetime(), joules: z.record(z.string(), z.number()) });

export type Beginning = z.output<typeof beginningSchema>;

export type Counters = Readonly<Record<string, number>>;

export async function readCounters(gpus: GpuDriver, uuids: readonly string[]): Promise<Counters> {
  return Object.fromEntries(await Promise.all(uuids.map(async (uuid) => [uuid, await gpus.energyJoules(uuid)])));
}

/** Undefined for what no start of ours wrote. */
export function beginningFrom(text: string | undefined): Beginning | undefined {
  return text === undefined ? undefined : beginningSchema.safeParse(jsonOf(text)).data;
}

/** Until `now`, by the counters and the clock; undefined where a counter is missing, began anew, or lived in the worker and so died with it. */
export async function spentSince(
  { at, joules }: Beginning,
  now: Counters,
  gpus: GpuDriver,
): Promise<Pick<Outset, 'seconds' | 'joules'> | undefined> {
  const sampled = (await gpus.list()).filter(({ energy }) => energy === 'sampled').map(({ uuid }) => uuid);
  let sum = 0;
  for (const [uuid, value] of Object.entries(now)) {
    const before = joules[uuid];
    if (before === undefined || value < before || sampled.includes(uuid)) return undefined;
    sum += value - before;
  }
  return { seconds: (Date.now() - Date.parse(at)) / 1000, joules: sum };
}

export function totalOf(counters: Counters): number {
  return Object.values(counters).reduce((sum, one) => sum + one, 0);
}
