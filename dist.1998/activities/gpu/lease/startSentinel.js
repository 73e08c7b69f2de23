"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.startSentinel = startSentinel;
/** The worker's end of its sentinel: starts it, shows it signs of life, dismisses it, replaces it if it is killed. */
const node_child_process_1 = require("node:child_process");
const node_events_1 = require("node:events");
const node_path_1 = require("node:path");
const promises_1 = require("node:timers/promises");
const errors_1 = require("./errors");
const orders_1 = require("./orders");
const defaultHungAfterSeconds = 60;
const startWithinMs = 30_000;
const endWithinMs = 1000;
const replaceAfterMs = 500;
/** Answers once the sentinel stands by: nothing may be changed before. */
async function startSentinel(options, guarded) {
    const { driver, hungAfterSeconds = defaultHungAfterSeconds } = options;
    const { directory, uuids, holder } = guarded;
    const orders = { directory, uuids, driver, hungAfterSeconds };
    const guard = new Guard({ ...orders, workerPid: holder.pid, workerStartedAt: holder.pidStartedAt });
    try {
        await guard.start();
        return guard;
    }
    catch (error) {
        await guard.end('unfinished');
        throw error;
    }
}
class Guard {
    #orders;
    #renewal;
    #child;
    #ended = false;
    constructor(orders) {
        this.#orders = orders;
        const everyMs = (orders.hungAfterSeconds * 1000) / 8;
        this.#renewal = setInterval(() => this.#child?.stdin.write(orders_1.lines.alive), everyMs).unref();
    }
    async start() {
        const child = spawnSentinel(this.#orders);
        // A sentinel that is gone does not read; its exit says all.
        child.stdin.on('error', () => { });
        await readiness(child, this.#orders).catch((error) => {
            child.kill('SIGKILL');
            throw error;
        });
        this.#child = child;
        child.once('exit', () => void this.#replace());
        if (this.#ended)
            await this.#dismiss(child, 'done');
    }
    async end(how) {
        this.#ended = true;
        clearInterval(this.#renewal);
        if (this.#child !== undefined)
            await this.#dismiss(this.#child, how);
    }
    async #dismiss(child, how) {
        child.stdin.end(how === 'done' ? orders_1.lines.done : '');
        if (how === 'unfinished' || child.exitCode !== null || child.signalCode !== null)
            return;
        // Else a process with nothing more to do than this would end here, before its caller has the result.
        child.ref();
        await (0, node_events_1.once)(child, 'exit', { signal: AbortSignal.timeout(endWithinMs) }).catch(() => child.unref());
    }
    async #replace() {
        const guarded = `GPUs ${this.#orders.uuids.join(', ')}`;
        if (!this.#ended)
            process.emitWarning(`The sentinel of ${guarded} was killed; another one takes its place.`);
        // Without haste: what killed this one, such as a lack of memory, may kill the next.
        for (await pause(); !this.#ended; await pause()) {
            try {
                return await this.start();
            }
            catch (error) {
                process.emitWarning((0, errors_1.reasonOf)(error));
            }
        }
    }
}
const pause = () => (0, promises_1.setTimeout)(replaceAfterMs, undefined, { ref: false });
/** In a session of its own, so that neither a terminal nor the death of the worker's group ends it. */
function spawnSentinel(orders) {
    const extension = (0, node_path_1.extname)(__filename);
    // From the sources it needs what lets this process run them.
    const loader = extension === '.ts' ? process.execArgv : [];
    const child = (0, node_child_process_1.spawn)(process.execPath, [...loader, (0, node_path_1.join)(__dirname, `sentinel${extension}`), JSON.stringify(orders)], {
        detached: true,
        // What the worker loads for itself, say to trace or to inspect, is not for the sentinel.
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.unref();
    return child;
}
async function readiness(child, { uuids }) {
    const answer = await Promise.race([
        firstLine(child.stdout),
        (0, node_events_1.once)(child, 'error').then(([error]) => (0, errors_1.reasonOf)(error)),
        (0, promises_1.setTimeout)(startWithinMs, `it is silent for ${startWithinMs / 1000} s`, { ref: false }),
    ]);
    child.stdout.destroy();
    if (answer !== orders_1.lines.ready.trim()) {
        throw new Error(`Cannot guard GPUs ${uuids.join(', ')} against a killed worker: ${answer || 'the sentinel died'}`);
    }
}
async function firstLine(stream) {
    let text = '';
    for await (const chunk of stream) {
        text += String(chunk);
        if (text.includes('\n'))
            break;
    }
    return text.trim();
}
//# sourceMappingURL=startSentinel.js.map