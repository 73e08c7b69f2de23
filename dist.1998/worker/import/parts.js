"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.nothingImported = void 0;
exports.partsOf = partsOf;
exports.together = together;
const messages_1 = require("../../workflows/messages");
/** Well below what the bandit takes, and what Temporal warns of. */
const mostCharacters = 200_000;
function partsOf(observations) {
    const parts = [];
    let room = 0;
    for (const observation of observations) {
        const length = JSON.stringify(observation).length;
        const last = parts.at(-1);
        if (last === undefined || length > room || last.length === messages_1.importLimits.perRequest) {
            parts.push([observation]);
            room = mostCharacters - length;
        }
        else {
            last.push(observation);
            room -= length;
        }
    }
    return parts;
}
exports.nothingImported = { taken: 0, known: 0, refused: [] };
function together(one, other) {
    return {
        taken: one.taken + other.taken,
        known: one.known + other.known,
        refused: [...one.refused, ...other.refused],
    };
}
//# sourceMappingURL=parts.js.map