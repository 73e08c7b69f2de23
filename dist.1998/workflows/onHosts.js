"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.carbonTimer = void 0;
/** The workflows that run on the host that trains, beside its activities. */
var carbonTimer_1 = require("./carbonTimer");
Object.defineProperty(exports, "carbonTimer", { enumerable: true, get: function () { return carbonTimer_1.carbonTimer; } });
//# sourceMappingURL=onHosts.js.map