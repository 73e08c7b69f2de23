"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.lookAt = lookAt;
const gridSlots_1 = require("./gridSlots");
function lookAt({ reading, error }, { slotSeconds }, now) {
    const age = reading === undefined ? null : (0, gridSlots_1.ageSeconds)(reading, now);
    return {
        reading: reading ?? null,
        ageSeconds: age,
        stale: age === null || age > slotSeconds,
        failure: error === undefined ? null : { kind: error.kind, message: error.message },
    };
}
//# sourceMappingURL=look.js.map