"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ProcessRun = void 0;
const node_stream_1 = require("node:stream");
const promises_1 = require("node:timers/promises");
const eventQueue_1 = require("./eventQueue");
const exitOutcome_1 = require("./exitOutcome");
const probeDesk_1 = require("./probeDesk");
const exitHook_1 = require("./exitHook");
const processEnvironment_1 = require("./processEnvironment");
const processTable_1 = require("./processTable");
const reportListener_1 = require("./reportListener");
const trainerLines_1 = require("./trainerLines");
const trainerOutput_1 = require("./trainerOutput");
/** Streams end with the last process that holds them; one that nobody could find must not hold up the rest. */
const drainMs = 1000;
/** Silence is counted in ticks of the event loop: a host that slept did not listen, which is not the trainer's fault. */
const ticksOfSilence = 10;
class ProcessRun {
    start;
    queue = new eventQueue_1.EventQueue();
    lines;
    log;
    stdout;
    stderr;
    probes = new probeDesk_1.ProbeDesk();
    listener;
    connections = [];
    exited;
    listening;
    beganMs = performance.now();
    quietTicks = 0;
    stopping;
    constructor(start) {
        this.start = start;
        const { child, settings, outputFile, request, socket } = start;
        const report = readable(child.stdio[processEnvironment_1.reportDescriptor]);
        const requests = duplex(child.stdio[processEnvironment_1.requestDescriptor]);
        this.lines = new trainerLines_1.TrainerLines(request.spec.maxEpochs);
        this.listener = new reportListener_1.ReportListener({
            read: (line) => this.lines.read(line, this.seconds),
            hear: (said, from) => this.take(said, from),
        });
        this.log = new trainerOutput_1.OutputLog(outputFile);
        this.stdout = new trainerOutput_1.TrainerOutput(readable(child.stdout), this.log);
        this.stderr = new trainerOutput_1.TrainerOutput(readable(child.stderr), this.log);
        // A trainer that closes its ends, stops reading or writes where it should read harms nobody.
        requests.on('error', () => { }).resume();
        void this.listener.listen(report, requests).then(() => this.afterReports());
        socket.server.on('connection', (connection) => {
            this.connections.push(connection);
            void this.listener.listen(connection, connection);
        });
        this.exited = new Promise((resolve) => {
            child.once('exit', (code, signal) => void this.afterExit(code, signal).then(resolve));
        });
        if (child.pid !== undefined)
            (0, exitHook_1.killAtExit)(child.pid);
        this.listening = setInterval(() => this.tick(), (settings.silence * 1000) / ticksOfSilence);
    }
    async next() {
        return this.queue.next();
    }
    /** Absent until the trainer says that it can. */
    get probe() {
        if (!this.probes.isOpen)
            return undefined;
        return (batchSize) => this.probes.probe(batchSize);
    }
    async stop() {
        this.stopping ??= this.end();
        return this.stopping;
    }
    /** Of several hosts, the first one's trainer speaks for all. */
    get reports() {
        return (this.start.request.node?.rank ?? 0) === 0;
    }
    get beganAtSeconds() {
        return this.beganMs / 1000;
    }
    get seconds() {
        return (performance.now() - this.beganMs) / 1000;
    }
    take(said, requests) {
        this.quietTicks = 0;
        switch (said.kind) {
            case 'probes':
                this.probes.open(requests);
                return;
            case 'probed':
                if (!this.probes.answer(said))
                    this.lines.ignored += 1;
                return;
            case 'alive':
                return;
            case 'failed':
                this.fail(said);
                return;
            case 'progress':
            case 'epoch':
                this.queue.push(said);
        }
    }
    tick() {
        this.quietTicks += 1;
        if (this.quietTicks <= ticksOfSilence || !this.reports)
            return;
        const { silence } = this.start.settings;
        this.fail({ failure: 'infrastructure', detail: `the trainer hangs: it reported nothing for ${silence} s` });
    }
    /** A trainer that closed its report descriptor has nothing more to say; soon it should be gone. */
    async afterReports() {
        await Promise.race([this.exited, (0, promises_1.setTimeout)(this.start.settings.grace * 1000, undefined, { ref: false })]);
        if (!this.reports || this.connections.some(({ destroyed }) => !destroyed))
            return;
        this.fail({ failure: 'infrastructure', detail: 'the trainer closed its report descriptor and went on' });
    }
    async afterExit(code, signal) {
        // Whoever it left behind would hold its GPUs and its streams. A stop gives them time to end.
        if (this.stopping === undefined)
            await (0, processTable_1.endProcesses)(await this.start.identity, 0).catch(() => { });
        await this.drain();
        const { epoch } = this.lines;
        this.fail((0, exitOutcome_1.failureFor)({ code, signal, epoch, stderr: this.stderr.lastWords, stdout: this.stdout.lastWords }));
    }
    async drain() {
        // One turn of the event loop, for a connection that was made and not noticed yet.
        await (0, promises_1.setTimeout)(1);
        await Promise.race([
            Promise.allSettled([this.stdout.done, this.stderr.done, this.listener.done()]),
            (0, promises_1.setTimeout)(drainMs, undefined, { ref: false }),
        ]);
    }
    fail(failure) {
        clearInterval(this.listening);
        const { failure: kind, detail } = this.probes.end(failure);
        const { ignored, firstIgnored } = this.lines;
        const lost = ignored === 0 ? '' : `; ${ignored} report lines made no sense, the first: ${firstIgnored ?? ''}`;
        this.queue.push({ kind: 'failed', failure: kind, detail: detail + lost, atSeconds: this.seconds });
    }
    async end() {
        const { child, identity, settings, socket, onGone } = this.start;
        clearInterval(this.listening);
        this.listener.close();
        try {
            await (0, processTable_1.endProcesses)(await identity, settings.grace);
            await this.exited;
        }
        finally {
            this.fail({ failure: 'operator', detail: 'the trainer was stopped' });
            for (const stream of [...child.stdio, ...this.connections])
                stream?.destroy();
            await socket.close();
            await this.log.close();
        }
        if (child.pid !== undefined)
            (0, exitHook_1.forgetAtExit)(child.pid);
        await onGone();
    }
}
exports.ProcessRun = ProcessRun;
function readable(stream) {
    if (stream instanceof node_stream_1.Readable)
        return stream;
    throw new TypeError('a stream of the trainer is not readable');
}
function duplex(stream) {
    if (stream instanceof node_stream_1.Duplex)
        return stream;
    throw new TypeError('a stream of the trainer is not writable');
}
//# sourceMappingURL=processRun.js.map