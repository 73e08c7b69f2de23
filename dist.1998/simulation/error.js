"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.SimulationError = void 0;
/** The user's files or options are wrong. The message says where, by which rule and what to do. */
class SimulationError extends Error {
    name = 'SimulationError';
}
exports.SimulationError = SimulationError;
//# sourceMappingURL=error.js.map