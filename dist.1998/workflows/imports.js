"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sortImports = sortImports;
const plausible_1 = require("./plausible");
/** `held`: ids of what was imported before. Of two with one id the first counts. */
function sortImports(observations, held, job) {
    const known = new Set(held);
    const fresh = [];
    const refused = [];
    for (const observation of observations) {
        const { id } = observation;
        if (known.has(id))
            continue;
        const why = (0, plausible_1.doubtImported)(observation, job);
        if (why === undefined)
            fresh.push(observation);
        else
            refused.push({ id, why });
        known.add(id);
    }
    const repeated = observations.length - fresh.length - refused.length;
    return { fresh, answer: { taken: fresh.length, known: repeated, refused } };
}
//# sourceMappingURL=imports.js.map