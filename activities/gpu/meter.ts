/** Joules drawn by the GPUs of one run since the meter was made, and what may spoil a measurement of them. */
import type { EnergyReading, GpuCondition, GpuDriver } from './driver';
import { type InterpolatedCounter, createInterpolatedCounter } from './interpolatedCounter';

export interface Meter {
  /** That of the least exact of its GPUs. */
  readonly energy: EnergyReading;
  /** Summed over the GPUs; never shrinks. */
  joules(): Promise<number>;
  /**
   * The same at a moment just passed, in seconds of `performance.now()`. While the meter watches counters that tick, it waits for
   * the tick after that moment; else it is what can be read now.
   */
  joulesAt(seconds: number): Promise<number>;
  /** Counters that tick are polled while it watches; nothing else is. */
  watch(on: boolean): void;
  condition(): Promise<RunCondition>;
}

/** Of all GPUs of a run. */
export interface RunCondition {
  readonly limitsWatts: readonly number[];
  /** The lowest. */
  readonly enforcedWatts?: number | undefined;
  /** The highest. */
  readonly temperatureCelsius?: number | undefined;
  readonly heldBack: boolean;
}

export async function createMeter(driver: GpuDriver, uuids: readonly string[]): Promise<Meter> {
  const energy = await leastExactOf(driver, uuids);
  const counters = await Promise.all(uuids.map((uuid) => createGrowth(() => driver.energyJoules(uuid))));
  let watched: readonly InterpolatedCounter[] | undefined;
  const joules = async () => total(await Promise.all(counters.map((read) => read())));
  return {
    energy,
    joules,
    async joulesAt(seconds) {
      if (watched === undefined) return joules();
      // A moment before the watch began is not known any more; a counter that fails, fails again when it is read.
      const at = counters.map((read, i) => watched?.[i]?.joulesAt(seconds).catch(read) ?? read());
      return total(await Promise.all(at));
    },
    watch(on) {
      if (energy !== 'counter' || on === (watched !== undefined)) return;
      for (const counter of watched ?? []) counter.stop();
      watched = on ? counters.map((read) => createInterpolatedCounter(read)) : undefined;
    },
    async condition() {
      const limitsWatts = await Promise.all(uuids.map((uuid) => driver.powerLimitWatts(uuid)));
      // A run must not end for a sensor that cannot be read.
      const all = await Promise.all(uuids.map((uuid) => driver.condition(uuid).catch((): GpuCondition => ({}))));
      const enforced = all.flatMap(({ enforcedWatts }) => enforcedWatts ?? []);
      const celsius = all.flatMap(({ temperatureCelsius }) => temperatureCelsius ?? []);
      return {
        limitsWatts,
        enforcedWatts: enforced.length === 0 ? undefined : Math.min(...enforced),
        temperatureCelsius: celsius.length === 0 ? undefined : Math.max(...celsius),
        heldBack: all.some(({ heldBack }) => heldBack === true),
      };
    },
  };
}

async function leastExactOf(driver: GpuDriver, uuids: readonly string[]): Promise<EnergyReading> {
  const used = (await driver.list()).filter(({ uuid }) => uuids.includes(uuid)).map(({ energy }) => energy);
  const order: readonly EnergyReading[] = ['sampled', 'counter'];
  return order.find((energy) => used.includes(energy)) ?? 'exact';
}

/**
 * What a counter grew by since now. One read at a time: an earlier value that arrives later would look like a counter that began
 * again. That happens when the driver is loaded anew; what its GPU drew between the last reading and that is lost.
 */
async function createGrowth(read: () => Promise<number>): Promise<() => Promise<number>> {
  let last = await read();
  let grown = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const next = async () => {
    const now = await read();
    grown += now >= last ? now - last : now;
    last = now;
    return grown;
  };
  return () => {
    const mine = turn.then(next);
    turn = mine.catch(() => undefined);
    return mine;
  };
}

function total(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0);
}
