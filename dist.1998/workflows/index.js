"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.recurrence = exports.bandit = void 0;
/** The workflows a worker registers. */
var bandit_1 = require("./bandit");
Object.defineProperty(exports, "bandit", { enumerable: true, get: function () { return bandit_1.bandit; } });
var recurrence_1 = require("./recurrence");
Object.defineProperty(exports, "recurrence", { enumerable: true, get: function () { return recurrence_1.recurrence; } });
//# sourceMappingURL=index.js.map