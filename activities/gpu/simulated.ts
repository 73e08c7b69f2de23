/** Simulated GPUs: limits are remembered, energy is what a simulated trainer says was drawn. For hosts without a GPU. */
import type { Gpus } from '../../policy/facts';
import type { Gpu, GpuDriver } from './driver';

export interface SimulatedGpus extends GpuDriver {
  /** Adds energy to a GPU's counter, as training on it would. */
  draw(uuid: string, joules: number): void;
}

interface State {
  limitWatts: number;
  joules: number;
}

export function createSimulatedGpus({ model, count, powerLimitsWatts }: Gpus): SimulatedGpus {
  const highest = Math.max(...powerLimitsWatts);
  const lowest = Math.min(...powerLimitsWatts);
  const uuids = Array.from({ length: count }, (_, i) => `SIM-${model}-${i}`);
  const states = new Map(uuids.map((uuid): [string, State] => [uuid, { limitWatts: highest, joules: 0 }]));

  const stateOf = (uuid: string) => {
    const state = states.get(uuid);
    if (state === undefined) throw new Error(`Cannot find GPU ${uuid}: this host simulates ${uuids.join(', ')}.`);
    return state;
  };

  return {
    list: async () => uuids.map((uuid): Gpu => ({ uuid, model, powerLimitsWatts })),
    powerLimitWatts: async (uuid) => stateOf(uuid).limitWatts,
    energyJoules: async (uuid) => stateOf(uuid).joules,
    async setPowerLimit(uuid, watts) {
      const state = stateOf(uuid);
      if (!(watts >= lowest && watts <= highest)) {
        throw new Error(`Cannot set the power limit of GPU ${uuid} to ${watts} W: it takes ${lowest} to ${highest} W.`);
      }
      state.limitWatts = watts;
    },
    draw(uuid, joules) {
      stateOf(uuid).joules += joules;
    },
  };
}
