"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.failureConverter = void 0;
/**
 * Moves messages and stacks of failures into a payload, where the codec encrypts them. Temporal loads this file by its path, into the
 * worker and into the workflow sandbox: it imports nothing that does not run there.
 */
const common_1 = require("@temporalio/common");
exports.failureConverter = new common_1.DefaultFailureConverter({ encodeCommonAttributes: true });
//# sourceMappingURL=failureConverter.js.map