"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.DemoWorker = void 0;
/** A worker as a process of its own, replaced when it dies: what a supervisor does for a real one. */
const node_child_process_1 = require("node:child_process");
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const promises_1 = require("node:timers/promises");
const errors_1 = require("../errors");
/** A worker that lives shorter than this has not got to work. */
const shortLifeMilliseconds = 5000;
const maxShortLives = 3;
class DemoWorker {
    options;
    output;
    child;
    stopping = false;
    shortLives = 0;
    /** Rejects when the worker dies again and again. */
    failed;
    fail = () => { };
    constructor(options, output) {
        this.options = options;
        this.output = output;
        this.failed = new Promise((_, reject) => {
            this.fail = reject;
        });
        // It may fail while nobody waits; whoever waits later hears of it all the same.
        this.failed.catch(() => { });
        (0, node_fs_1.mkdirSync)((0, node_path_1.dirname)(options.logFile), { recursive: true });
    }
    start() {
        const log = (0, node_fs_1.openSync)(this.options.logFile, 'a');
        const startedAt = Date.now();
        const main = (0, node_path_1.join)(__dirname, 'main.js');
        const child = (0, node_child_process_1.spawn)(process.execPath, [main, 'worker', 'start', '--until-stdin-ends', ...this.options.arguments], {
            env: this.options.env,
            stdio: ['pipe', log, log],
            // Ctrl-C in the terminal is for the demonstration, which then ends the worker in good order.
            detached: true,
        });
        (0, node_fs_1.closeSync)(log);
        this.child = child;
        this.output.talk(`worker started (process ${child.pid})`);
        child.once('error', (error) => this.fail(error));
        child.once('exit', (code, signal) => this.replace(signal ?? `exit code ${code}`, Date.now() - startedAt));
    }
    replace(how, livedMilliseconds) {
        this.child = undefined;
        if (this.stopping)
            return;
        this.shortLives = livedMilliseconds < shortLifeMilliseconds ? this.shortLives + 1 : 0;
        if (this.shortLives >= maxShortLives) {
            const said = (0, node_fs_1.readFileSync)(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
            this.fail(new errors_1.WattbanditError('unavailable', `Cannot keep a worker running: it ended (${how}), saying\n${said}`));
            return;
        }
        this.output.talk(`the worker died (${how}); another one takes over what it did as soon as Temporal misses it, in 10 s or so`);
        this.start();
    }
    /** Lets it finish what it does, for a while. */
    async stop() {
        this.stopping = true;
        const { child } = this;
        if (child === undefined)
            return;
        const exited = new Promise((resolve) => child.once('exit', () => resolve()));
        child.kill('SIGTERM');
        const patience = new AbortController();
        const late = (0, promises_1.setTimeout)(10_000, undefined, { signal: patience.signal }).then(() => child.kill('SIGKILL'), () => { });
        await exited;
        patience.abort();
        await late;
    }
}
exports.DemoWorker = DemoWorker;
//# sourceMappingURL=demoWorker.js.map