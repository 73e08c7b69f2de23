/** Simulated GPUs: limits are remembered, energy is what a simulated trainer says was drawn. For hosts without a GPU. */
import type { Gpus } from '../../policy/facts';
import type { Gpu, GpuDriver } from './driver';

export interface SimulatedGpusOptions extends Gpus {
  /** What one draws all the time, as far as its limit allows; nothing unless given. For a real trainer, which draws nothing. */
  readonly drawWatts?: number;
}

export interface SimulatedGpus extends GpuDriver {
  /** Adds energy to a GPU's counter, as training on it would. */
  draw(uuid: string, joules: number): void;
}

interface State {
  limitWatts: number;
  joules: number;
  /** Until when what is drawn all the time has been added. */
  countedAtSeconds: number;
}

const nowSeconds = () => performance.now() / 1000;

export function createSimulatedGpus({
  model,
  count,
  powerLimitsWatts,
  drawWatts = 0,
}: SimulatedGpusOptions): SimulatedGpus {
  const highest = Math.max(...powerLimitsWatts);
  const lowest = Math.min(...powerLimitsWatts);
  const uuids = Array.from({ length: count }, (_, i) => `SIM-${model}-${i}`);
  const begin = (): State => ({ limitWatts: highest, joules: 0, countedAtSeconds: nowSeconds() });
  const states = new Map(uuids.map((uuid) => [uuid, begin()]));

  const stateOf = (uuid: string) => {
    const state = states.get(uuid);
    if (state === undefined) throw new Error(`Cannot find GPU ${uuid}: this host simulates ${uuids.join(', ')}.`);
    return state;
  };

  const drawUntilNow = (state: State) => {
    const now = nowSeconds();
    state.joules += Math.min(drawWatts, state.limitWatts) * (now - state.countedAtSeconds);
    state.countedAtSeconds = now;
  };

  return {
    list: async () => uuids.map((uuid): Gpu => ({ uuid, model, powerLimitsWatts, energy: 'exact' })),
    powerLimitWatts: async (uuid) => stateOf(uuid).limitWatts,
    async energyJoules(uuid) {
      const state = stateOf(uuid);
      drawUntilNow(state);
      return state.joules;
    },
    async setPowerLimit(uuid, watts) {
      const state = stateOf(uuid);
      if (!(watts >= lowest && watts <= highest)) {
        throw new Error(`Cannot set the power limit of GPU ${uuid} to ${watts} W: it takes ${lowest} to ${highest} W.`);
      }
      drawUntilNow(state);
      state.limitWatts = watts;
    },
    async condition(uuid) {
      return { enforcedWatts: stateOf(uuid).limitWatts };
    },
    draw(uuid, joules) {
      stateOf(uuid).joules += joules;
    },
  };
}
