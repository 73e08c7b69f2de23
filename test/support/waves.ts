/** A grid whose intensity changes every few seconds, and a trainer that feels the limit of its GPU, both in real time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CarbonReading, Source } from '../../activities/carbon/source';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { Trainer } from '../../activities/training/trainer';

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** Whole slots in turn have these intensities; the weeks before were all `usual`. */
export function createWavingGrid(slotSeconds: number, gramsPerKwh: readonly number[], usual: number): Source {
  const reading = (from: number, value: number, seconds = slotSeconds): CarbonReading => ({
    provider: 'waves',
    zone: 'TEST',
    kind: 'average',
    factorType: null,
    validFromAt: iso(from),
    validToAt: iso(from + seconds),
    issuedAt: null,
    status: 'observed',
    gramsPerKwh: value,
  });
  return {
    facts: { provider: 'waves', zone: 'TEST', kind: 'average', slotSeconds, historyHours: 672, forecastHours: 0 },
    async now() {
      const slot = Math.floor(Date.now() / 1000 / slotSeconds);
      return reading(slot * slotSeconds, gramsPerKwh[slot % gramsPerKwh.length]!);
    },
    async history({ fromAt, toAt }) {
      const [from, to] = [fromAt, toAt].map((at) => Math.ceil(Date.parse(at) / 3_600_000) * 3600);
      const hours = Math.max(0, Math.floor((to! - from!) / 3600) - 1);
      return Array.from({ length: hours }, (_, i) => reading(from! + i * 3600, usual, 3600));
    },
    forecast: async () => [],
  };
}

/** Half as fast at 100 W as at 200 W, for two thirds of the energy an epoch; an epoch takes a second at 200 W. */
export function createFeelingHardware(epochs: number) {
  const gpus = createSimulatedGpus({ model: 'felt', count: 1, powerLimitsWatts: [100, 150, 200] });
  const secondsAt: Readonly<Record<number, number>> = { 100: 1.5, 150: 1.15, 200: 1 };
  const drawAt: Readonly<Record<number, number>> = { 100: 90, 150: 140, 200: 190 };
  const set: number[] = [];
  const trainer: Trainer = {
    kind: 'simulated',
    async start({ gpuUuids }) {
      const [uuid = ''] = gpuUuids;
      const began = performance.now() / 1000;
      let done = 0;
      let stopped = false;
      let last = began;
      return {
        beganAtSeconds: began,
        async next() {
          const watts = await gpus.powerLimitWatts(uuid);
          if (set.at(-1) !== watts) set.push(watts);
          await sleep(100);
          const now = performance.now() / 1000;
          gpus.draw(uuid, (now - last) * drawAt[watts]!);
          const before = Math.floor(done);
          done += (now - last) / secondsAt[watts]!;
          last = now;
          const atSeconds = now - began;
          if (stopped) return { kind: 'failed', failure: 'operator', detail: 'stopped', atSeconds };
          if (Math.floor(done) > before)
            return { kind: 'epoch', epoch: Math.floor(done), metric: Math.floor(done) / epochs, atSeconds };
          return { kind: 'progress', epochs: done, atSeconds };
        },
        async stop() {
          stopped = true;
        },
      };
    },
  };
  return { gpus, trainer, set };
}
