"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.endOrphans = void 0;
exports.createProcessTrainer = createProcessTrainer;
/** Trains by a program in any language, as a child process. The contract with it is docs/trainers.md. */
const node_child_process_1 = require("node:child_process");
const node_events_1 = require("node:events");
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const processEnvironment_1 = require("./processEnvironment");
const processRun_1 = require("./processRun");
const processSettings_1 = require("./processSettings");
const processTable_1 = require("./processTable");
const runDirectory_1 = require("./runDirectory");
var runDirectory_2 = require("./runDirectory");
Object.defineProperty(exports, "endOrphans", { enumerable: true, get: function () { return runDirectory_2.endOrphans; } });
const reportSocket_1 = require("./reportSocket");
const runRecord_1 = require("./runRecord");
function createProcessTrainer(options) {
    return {
        kind: 'process',
        async start(request) {
            refuseForeignSize(request);
            const directory = (0, runDirectory_1.runDirectory)(options.directory, request);
            const checkpoints = (0, runDirectory_1.checkpointDirectory)(options.directory, request);
            const launch = await prepare(request, options, checkpoints);
            await (0, promises_1.mkdir)(checkpoints, { recursive: true });
            await (0, promises_1.mkdir)(directory, { recursive: true });
            await (0, runDirectory_1.forgetOldRuns)(directory);
            const claim = await (0, runRecord_1.claimRun)(directory, await thisWorker());
            try {
                return await startClaimed(launch, claim, { directory, gpus: options.gpus });
            }
            catch (error) {
                await claim.release();
                throw error;
            }
        },
    };
}
/** Everything that can be refused is refused before anything is changed. */
async function prepare(request, options, checkpoints) {
    const { spec, gpuUuids } = request;
    const settings = (0, processSettings_1.processSettingsFor)(spec);
    const variables = (0, processEnvironment_1.variablesFor)(request, (0, node_path_1.resolve)(checkpoints));
    const command = (0, processSettings_1.commandFor)(spec.job, settings, variables);
    const inherited = (0, processEnvironment_1.inheritedBy)(spec.job, settings, options.env ?? process.env);
    const cwd = (0, node_path_1.resolve)(options.workingDirectory ?? '.', settings.cwd);
    const isDirectory = await (0, promises_1.stat)(cwd).then((found) => found.isDirectory(), () => false);
    if (!isDirectory)
        throw (0, processSettings_1.invalidRequest)(`Cannot train job ${spec.job} in ${cwd}: no such directory; mend trainer.cwd.`);
    const env = { ...inherited, ...variables, CUDA_VISIBLE_DEVICES: gpuUuids.join(',') };
    return { command, cwd, env, settings, request };
}
async function startClaimed(launch, claim, { directory, gpus }) {
    const { settings, request } = launch;
    await refuseOvertaken(claim, request);
    const socket = await (0, reportSocket_1.openReportSocket)();
    const tokens = { [processEnvironment_1.socketVariable]: socket.path, [processTable_1.tokenVariable]: claim.token };
    const { child, pid } = await spawned(launch, tokens).catch(async (error) => {
        await socket.close();
        throw error;
    });
    // Should it be unknown, the token alone still finds the run's processes.
    const leader = (0, processTable_1.identityOf)(pid).catch(() => undefined);
    const identity = leader.then((known) => ({ token: claim.token, leader: known ?? null }));
    const outputFile = (0, node_path_1.join)(directory, 'output.log');
    const run = new processRun_1.ProcessRun({ child, identity, settings, request, gpus, socket, outputFile, onGone: claim.release });
    try {
        const known = await leader;
        if (known !== undefined)
            await claim.noteLeader(known);
        // Whoever claimed the run since may have looked for our process before it was there.
        await refuseOvertaken(claim, request);
        return run;
    }
    catch (error) {
        await run.stop();
        throw error;
    }
}
/** Not a turn of the event loop later than the process is there: its end and its words must not be missed. */
async function spawned({ command, cwd, env, request }, tokens) {
    const [program = '', ...rest] = command;
    const child = (0, node_child_process_1.spawn)(program, rest, {
        cwd,
        env: { ...env, ...tokens },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid === undefined)
        throw refusal(program, request, await (0, node_events_1.once)(child, 'error'));
    return { child, pid };
}
async function refuseOvertaken(claim, { id, spec }) {
    if (await claim.isLatest())
        return;
    throw new Error(`Cannot start run ${id} of job ${spec.job}: a later start of the same run took over.`);
}
function refuseForeignSize({ batchSize, spec }) {
    if (spec.batchSizes.includes(batchSize))
        return;
    throw (0, processSettings_1.invalidRequest)(`Cannot train job ${spec.job} at batch size ${batchSize}: the job allows ${spec.batchSizes.join(', ')}; mend batchSizes.`);
}
/** A program that is missing or must not be run stays so; any other trouble may pass. */
function refusal(program, { spec }, [error]) {
    const cause = error instanceof Error ? error : undefined;
    const reason = cause?.message ?? String(error);
    const message = `Cannot start ${program} for job ${spec.job}: ${reason}`;
    if (!/ENOENT|EACCES|ENOEXEC|ENOTDIR/.test(reason))
        return new Error(message, { cause });
    return (0, processSettings_1.invalidRequest)(`${message}; mend trainer.command, or install it on this host.`, cause);
}
async function thisWorker() {
    return (await (0, processTable_1.identityOf)(process.pid)) ?? { pid: process.pid, birth: '' };
}
//# sourceMappingURL=process.js.map