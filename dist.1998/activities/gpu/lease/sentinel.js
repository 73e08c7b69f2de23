"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
/**
 * A process beside the worker that puts the limits back when the worker cannot: its pipe from the worker ends without "done",
 * or the worker is silent for too long. Started by `startSentinel`, with its orders as its one argument.
 */
const driverDescription_1 = require("./driverDescription");
const errors_1 = require("./errors");
const flock_1 = require("./flock");
const orders_1 = require("./orders");
const putBack_1 = require("./putBack");
const untilWorkerEnds_1 = require("./untilWorkerEnds");
async function main(text) {
    survive();
    const orders = orders_1.ordersSchema.parse(JSON.parse(text));
    const driver = await (0, driverDescription_1.createDriver)(orders.driver);
    await (0, flock_1.loadFlock)();
    // One that cannot read a limit could not put it back.
    await Promise.all(orders.uuids.map((uuid) => driver.powerLimitWatts(uuid)));
    const end = (0, untilWorkerEnds_1.untilWorkerEnds)(orders);
    process.stdout.write(orders_1.lines.ready);
    if ((await end) === 'done')
        return;
    await Promise.all(orders.uuids.map((uuid) => (0, putBack_1.putBack)(orders, uuid, driver)));
}
/** A service that stops signals all its processes: the worker then needs its sentinel more than ever. */
function survive() {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
        process.on(signal, () => { });
    // Nobody may be left to read.
    for (const stream of [process.stdout, process.stderr])
        stream.on('error', () => { });
}
main(process.argv[2] ?? '').then(() => process.exit(0), (error) => {
    process.stdout.write(`${(0, errors_1.reasonOf)(error)}\n`, () => process.exit(1));
});
//# sourceMappingURL=sentinel.js.map