"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.timedData = timedData;
const gaussianProcess_1 = require("./gaussianProcess");
const memory_1 = require("./memory");
/** ln epochs of the sizes that were timed, all off by one unknown amount. */
function timedData(memory, grid, { model, fullSpeed }, parameters) {
    const { runSd, timedSd } = parameters;
    return grid.sizes.flatMap((size, index) => {
        const { n, logs } = (0, memory_1.timedOf)(memory, model, size);
        if (n === 0)
            return [];
        const variance = (runSd * runSd + timedSd * timedSd) / n + (0, gaussianProcess_1.varianceAt)(fullSpeed, index);
        return [{ index, value: logs / n - (0, gaussianProcess_1.at)(fullSpeed.mean, index), variance }];
    });
}
//# sourceMappingURL=timedRuns.js.map