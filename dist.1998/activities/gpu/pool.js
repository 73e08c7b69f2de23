"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createGpuPool = createGpuPool;
/** A run that reserved GPUs and does not come for them has failed on its way here. */
const reservedMs = 10_000;
/** After a claim was turned away, so that it does not come back at once. */
const restMs = 1000;
/** Other processes of the host give GPUs back without telling us. */
const lookEveryMs = 1000;
function createGpuPool(driver, holder) {
    const reservations = new Map();
    let lastTurn = Promise.resolve();
    let waiting = 0;
    let restsUntil = 0;
    const sleepers = new Set();
    const taken = (besides) => {
        const now = Date.now();
        for (const [run, { expiresAt = Infinity }] of reservations)
            if (expiresAt < now)
                reservations.delete(run);
        return [...reservations].flatMap(([run, { gpuUuids }]) => (run === besides ? [] : gpuUuids));
    };
    const freeFor = async (run) => {
        const [gpus, held] = await Promise.all([driver.list(), holder.held()]);
        const mine = new Set(reservations.get(run)?.gpuUuids);
        const others = new Set(taken(run));
        const free = gpus.filter(({ uuid }) => !others.has(uuid) && (mine.has(uuid) || !held.has(uuid)));
        // What is reserved already comes first, so that asking twice reserves once.
        return free.toSorted((a, b) => Number(mine.has(b.uuid)) - Number(mine.has(a.uuid)));
    };
    const tryReserve = async ({ run, count, model }) => {
        const chosen = groupsOfOneModel(await freeFor(run), model)
            .find((group) => group.length >= count)
            ?.slice(0, count);
        if (chosen !== undefined) {
            reservations.set(run, { gpuUuids: chosen.map(({ uuid }) => uuid), expiresAt: Date.now() + reservedMs });
        }
        return chosen;
    };
    const untilSomethingChanged = (ms, signal) => new Promise((resolve) => {
        const wake = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', wake);
            sleepers.delete(wake);
            resolve();
        };
        const timer = setTimeout(wake, ms);
        signal?.addEventListener('abort', wake);
        sleepers.add(wake);
    });
    return {
        async capacity(model) {
            return Math.max(0, ...groupsOfOneModel(await driver.list(), model).map((group) => group.length));
        },
        async reserve(wanted, { milliseconds, signal }) {
            const deadline = Date.now() + milliseconds;
            // One that wants many GPUs would wait for ever if those that want few could pass.
            const before = lastTurn;
            const turn = (async () => {
                if (!(await endsWithin(before, milliseconds)))
                    return undefined;
                for (;;) {
                    signal?.throwIfAborted();
                    const gpus = await tryReserve(wanted);
                    const left = deadline - Date.now();
                    if (gpus !== undefined || left <= 0)
                        return gpus;
                    await untilSomethingChanged(Math.min(left, lookEveryMs), signal);
                }
            })();
            lastTurn = Promise.allSettled([before, turn]);
            waiting += 1;
            try {
                return await turn;
            }
            finally {
                waiting -= 1;
            }
        },
        async untilMoreAreFreeThan(count, signal) {
            for (;;) {
                signal.throwIfAborted();
                const free = waiting > 0 || Date.now() < restsUntil ? 0 : (await freeFor('').catch(() => [])).length;
                if (free > count())
                    return;
                await untilSomethingChanged(lookEveryMs, signal);
            }
        },
        rest() {
            restsUntil = Date.now() + restMs;
        },
        async occupy(run, gpuUuids, work) {
            reservations.set(run, { gpuUuids, expiresAt: undefined });
            try {
                return await work();
            }
            finally {
                reservations.delete(run);
                for (const wake of sleepers)
                    wake();
            }
        },
    };
}
function groupsOfOneModel(gpus, only) {
    const models = new Set(gpus.map(({ model }) => model).filter((model) => only === undefined || model === only));
    return [...models].map((model) => gpus.filter((gpu) => gpu.model === model));
}
async function endsWithin(work, milliseconds) {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
    return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}
//# sourceMappingURL=pool.js.map