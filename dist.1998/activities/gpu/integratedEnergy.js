"use strict";
/**
 * Joules where no counter tells them: power, sampled and summed. It cannot see what happens between two samples, so its errors
 * are several times a counter's, and large where the load's rhythm is near the sampling's.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.createIntegratedEnergy = createIntegratedEnergy;
/** Samples from the first call to the end of the process, which it does not hold up. */
function createIntegratedEnergy(readWatts, { everySeconds = 0.05, nowSeconds = () => performance.now() / 1000 } = {}) {
    let last;
    let joules = 0;
    const sample = async () => {
        const watts = await readWatts();
        const atSeconds = nowSeconds();
        if (last !== undefined && atSeconds > last.atSeconds) {
            joules += ((last.watts + watts) / 2) * (atSeconds - last.atSeconds);
        }
        last = { atSeconds, watts };
    };
    // A failed sample is not lost: the next one spans the gap.
    const start = () => setInterval(() => void sample().catch(() => undefined), everySeconds * 1000).unref();
    let timer;
    return {
        async joules() {
            timer ??= start();
            await sample();
            return joules;
        },
    };
}
//# sourceMappingURL=integratedEnergy.js.map