"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createPolicyActivities = createPolicyActivities;
exports.createHostActivities = createHostActivities;
/** The activities of a worker with this hardware, by where they run. Without a part of it, those that need it are left out. */
const node_os_1 = require("node:os");
const bandit_1 = require("./bandit");
const gridWatch_1 = require("./carbon/gridWatch");
const steer_1 = require("./carbon/steer");
const decide_1 = require("./decide");
const claim_1 = require("./gpu/claim");
const hold_1 = require("./gpu/hold");
const pool_1 = require("./gpu/pool");
const accompany_1 = require("./training/accompany");
const obey_1 = require("./training/obey");
const train_1 = require("./training/train");
const verifyOverride_1 = require("./verifyOverride");
const underWay_1 = require("./training/underWay");
/** On a worker beside the workflows. */
function createPolicyActivities(rules) {
    return { ...(0, decide_1.createDecideActivities)(), ...(0, bandit_1.createBanditActivities)(), ...(0, verifyOverride_1.createVerifyActivities)(rules) };
}
function createHostActivities({ gpus, trainer, grid, gridTime, ...rest }) {
    const { host = process.env['WATTBANDIT_HOST'] ?? (0, node_os_1.hostname)(), holder = (0, hold_1.holdByLease)(gpus) } = rest;
    const pool = (0, pool_1.createGpuPool)(gpus, holder);
    const underWay = new underWay_1.RunsUnderWay();
    const steers = gridTime !== 'slot';
    const watch = grid === undefined ? undefined : (0, gridWatch_1.createGridWatch)(grid, { steers });
    const viewGrid = watch && ((slot) => watch.view(steers || slot === undefined ? undefined : new Date(slot)));
    const trains = { gpus, trainer, holder, pool, underWay };
    return {
        host,
        pool,
        claims: (0, claim_1.createClaimActivities)({ pool, host, viewGrid }),
        runs: {
            ...(0, train_1.createTrainActivities)(trains),
            ...(0, accompany_1.createAccompanyActivities)(trains),
            ...(0, steer_1.createSteerActivities)({ watch, underWay }),
            ...(0, obey_1.createObeyActivities)({ underWay }),
        },
        followsGrid: watch !== undefined && steers,
    };
}
//# sourceMappingURL=index.js.map