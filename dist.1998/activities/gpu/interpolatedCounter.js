"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createInterpolatedCounter = createInterpolatedCounter;
exports.interpolate = interpolate;
/**
 * Reads an energy counter between its ticks. NVIDIA's moves every 20 to 100 ms, so two plain reads of a short window are off by
 * up to a tick at either end. Polling keeps the moments at which it moved, and a reading lies on the line between two of them:
 * windows can be some three times shorter for the same error.
 */
const promises_1 = require("node:timers/promises");
function createInterpolatedCounter(readJoules, { pollSeconds = 0.025, patienceSeconds = 0.5, memorySeconds = 30, nowSeconds = () => performance.now() / 1000, } = {}) {
    let ticks = [];
    let failure;
    let reading;
    const read = async () => {
        try {
            const joules = await readJoules();
            failure = undefined;
            if (ticks.at(-1)?.joules !== joules)
                ticks = remember(ticks, { atSeconds: nowSeconds(), joules }, memorySeconds);
        }
        catch (error) {
            failure = error;
        }
    };
    // A slow read is joined, not repeated.
    const poll = () => (reading ??= read().finally(() => (reading = undefined)));
    const timer = setInterval(() => void poll(), pollSeconds * 1000).unref();
    void poll();
    return {
        async joulesAt(seconds) {
            const deadline = Math.max(seconds, nowSeconds()) + patienceSeconds;
            while ((ticks.at(-1)?.atSeconds ?? -Infinity) < seconds && nowSeconds() < deadline) {
                await (0, promises_1.setTimeout)(pollSeconds * 1000);
                await reading;
                if (failure !== undefined)
                    throw failure;
            }
            const joules = interpolate(ticks, seconds);
            if (joules === undefined)
                throw new Error(`Cannot tell the energy at ${seconds} s: it was not yet read then.`);
            return joules;
        },
        stop: () => clearInterval(timer),
    };
}
/** A counter that shrank was reset: what was before says nothing about what comes. */
function remember(ticks, tick, memorySeconds) {
    if ((ticks.at(-1)?.joules ?? 0) > tick.joules)
        return [tick];
    const first = ticks.findLastIndex(({ atSeconds }) => atSeconds <= tick.atSeconds - memorySeconds);
    return [...ticks.slice(Math.max(first, 0)), tick];
}
/** On the line between the ticks around a moment; the last value after them all, undefined before. */
function interpolate(ticks, seconds) {
    const after = ticks.findIndex(({ atSeconds }) => atSeconds >= seconds);
    const [before, next] = after < 0 ? [ticks.at(-1), undefined] : [ticks[after - 1], ticks[after]];
    if (next?.atSeconds === seconds || before === undefined)
        return next?.atSeconds === seconds ? next.joules : undefined;
    if (next === undefined)
        return before.joules;
    const share = (seconds - before.atSeconds) / (next.atSeconds - before.atSeconds);
    return before.joules + share * (next.joules - before.joules);
}
//# sourceMappingURL=interpolatedCounter.js.map