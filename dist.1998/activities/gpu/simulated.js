"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createSimulatedGpus = createSimulatedGpus;
const nowSeconds = () => performance.now() / 1000;
function createSimulatedGpus({ model, count, powerLimitsWatts, drawWatts = 0, }) {
    const highest = Math.max(...powerLimitsWatts);
    const lowest = Math.min(...powerLimitsWatts);
    const uuids = Array.from({ length: count }, (_, i) => `SIM-${model}-${i}`);
    const begin = () => ({ limitWatts: highest, joules: 0, countedAtSeconds: nowSeconds() });
    const states = new Map(uuids.map((uuid) => [uuid, begin()]));
    const stateOf = (uuid) => {
        const state = states.get(uuid);
        if (state === undefined)
            throw new Error(`Cannot find GPU ${uuid}: this host simulates ${uuids.join(', ')}.`);
        return state;
    };
    const drawUntilNow = (state) => {
        const now = nowSeconds();
        state.joules += Math.min(drawWatts, state.limitWatts) * (now - state.countedAtSeconds);
        state.countedAtSeconds = now;
    };
    return {
        list: async () => uuids.map((uuid) => ({ uuid, model, powerLimitsWatts, energy: 'exact' })),
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
//# sourceMappingURL=simulated.js.map