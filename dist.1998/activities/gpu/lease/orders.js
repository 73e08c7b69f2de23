"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.lines = exports.ordersSchema = void 0;
/** What a worker tells its sentinel: at the start, on the command line; then a line at a time through the pipe. */
const zod_1 = require("zod");
const driverDescription_1 = require("./driverDescription");
exports.ordersSchema = zod_1.z.strictObject({
    directory: zod_1.z.string().min(1),
    uuids: zod_1.z.array(zod_1.z.string().min(1)).min(1).readonly(),
    driver: driverDescription_1.driverDescriptionSchema,
    workerPid: zod_1.z.int().positive(),
    workerStartedAt: zod_1.z.string(),
    /** A worker that is silent for so long is killed. */
    hungAfterSeconds: zod_1.z.number().positive(),
});
/** From the worker: it lives; all is put back. From the sentinel: it stands by, or why it cannot. */
exports.lines = { alive: 'alive\n', done: 'done\n', ready: 'ready\n' };
//# sourceMappingURL=orders.js.map