"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createMeter = createMeter;
const interpolatedCounter_1 = require("./interpolatedCounter");
async function createMeter(driver, uuids) {
    const energy = await leastExactOf(driver, uuids);
    const counters = await Promise.all(uuids.map((uuid) => createGrowth(() => driver.energyJoules(uuid))));
    let watched;
    const joules = async () => total(await Promise.all(counters.map((read) => read())));
    return {
        energy,
        joules,
        async joulesAt(seconds) {
            if (watched === undefined)
                return joules();
            // A moment before the watch began is not known any more; a counter that fails, fails again when it is read.
            const at = counters.map((read, i) => watched?.[i]?.joulesAt(seconds).catch(read) ?? read());
            return total(await Promise.all(at));
        },
        watch(on) {
            if (energy !== 'counter' || on === (watched !== undefined))
                return;
            for (const counter of watched ?? [])
                counter.stop();
            watched = on ? counters.map((read) => (0, interpolatedCounter_1.createInterpolatedCounter)(read)) : undefined;
        },
        async condition() {
            const limitsWatts = await Promise.all(uuids.map((uuid) => driver.powerLimitWatts(uuid)));
            // A run must not end for a sensor that cannot be read.
            const all = await Promise.all(uuids.map((uuid) => driver.condition(uuid).catch(() => ({}))));
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
async function leastExactOf(driver, uuids) {
    const used = (await driver.list()).filter(({ uuid }) => uuids.includes(uuid)).map(({ energy }) => energy);
    const order = ['sampled', 'counter'];
    return order.find((energy) => used.includes(energy)) ?? 'exact';
}
/**
 * What a counter grew by since now. One read at a time: an earlier value that arrives later would look like a counter that began
 * again. That happens when the driver is loaded anew; what its GPU drew between the last reading and that is lost.
 */
async function createGrowth(read) {
    let last = await read();
    let grown = 0;
    let turn = Promise.resolve();
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
function total(all) {
    return all.reduce((sum, one) => sum + one, 0);
}
//# sourceMappingURL=meter.js.map