"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createGridRun = createGridRun;
/** A run that follows its grid: how it is steered, and what it records. */
const cost_1 = require("../../policy/cost");
const followRun_1 = require("./followRun");
const gridLog_1 = require("./gridLog");
function createGridRun({ decision, claim, spec }, steered) {
    const { follower } = steered;
    const { grid: view } = claim;
    const { grid } = decision;
    const momentOf = momentsFrom(follower, view?.at);
    const log = view === undefined || grid === undefined
        ? undefined
        : new gridLog_1.GridLog(momentOf(), {
            eta: grid.kind === 'start' ? grid.eta : spec.objective.eta,
            perKwh: grid.signal,
            status: view.reading?.status ?? 'unknown',
        });
    return {
        steerable: {
            get limitProfile() {
                return follower.limitProfile;
            },
            get progress() {
                return follower.progress;
            },
            maxPowerWatts: (0, cost_1.maxPowerWatts)(claim.gpus),
            pace: decision.pace,
            async hold(watts) {
                if (!follower.steer(watts))
                    return false;
                await (0, followRun_1.holdLimit)(steered, follower.progress);
                return follower.mayBeSet;
            },
            get orders() {
                return follower.ordered;
            },
            async obey(orders) {
                if (!follower.obey(orders))
                    return false;
                await (0, followRun_1.holdLimit)(steered, follower.progress);
                return follower.mayBeSet;
            },
            note: (terms) => log?.note(momentOf(), terms),
        },
        record() {
            if (log === undefined || view === undefined || grid === undefined)
                return undefined;
            const { provider, zone, kind } = view;
            return {
                provider,
                zone,
                kind,
                intervals: log.until(momentOf()),
                limits: follower.heldLimits,
                profile: follower.limitProfile.map(speedOf),
                priceFactor: grid.priceFactor,
            };
        },
    };
}
/** On simulated hardware the grid's time is not ours: the run begins when it was asked about, and its seconds count from there. */
function momentsFrom(follower, beganAt) {
    const began = beganAt === undefined ? Date.now() : Date.parse(beganAt);
    return () => {
        const { seconds, joules } = follower.progress;
        return { at: new Date(began + seconds * 1000).toISOString(), seconds, joules };
    };
}
function speedOf({ powerLimitWatts, secondsPerEpoch, averageWatts }) {
    return { powerLimitWatts, secondsPerEpoch, averageWatts };
}
//# sourceMappingURL=gridRun.js.map