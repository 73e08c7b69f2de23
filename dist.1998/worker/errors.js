"use strict";
/** Errors a caller can act on, named by what to do; the CLI maps each to an exit code. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.WattbanditError = void 0;
class WattbanditError extends Error {
    remedy;
    name = 'WattbanditError';
    constructor(remedy, message, options) {
        super(message, options);
        this.remedy = remedy;
    }
}
exports.WattbanditError = WattbanditError;
//# sourceMappingURL=errors.js.map