"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.runDirectory = runDirectory;
exports.checkpointDirectory = checkpointDirectory;
exports.forgetOldRuns = forgetOldRuns;
exports.endOrphans = endOrphans;
/** `<directory>/<job>/<run>`: a run's checkpoints, output and records. The latest runs of a job are kept, older ones go. */
const node_crypto_1 = require("node:crypto");
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const runRecord_1 = require("./runRecord");
/** An hourly job would fill the disk otherwise. */
const keptRuns = 20;
/** Ids contain what file names must not; the hash keeps apart what looks alike then. */
function runDirectory(directory, { id, spec, node }) {
    const hash = (0, node_crypto_1.createHash)('sha256').update(`${spec.job}/${id}`).digest('hex').slice(0, 8);
    const rank = node === undefined || node.rank === 0 ? '' : `-node${node.rank}`;
    return (0, node_path_1.join)(directory, spec.job, `${id.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}-${hash}${rank}`);
}
/** One for all hosts of a run that share a disk. */
function checkpointDirectory(directory, { id, spec }) {
    return (0, node_path_1.join)(runDirectory(directory, { id, spec }), 'checkpoints');
}
/** Keeps `current` and every run that is claimed, however old. */
async function forgetOldRuns(current) {
    const others = (await namesIn((0, node_path_1.dirname)(current))).filter((path) => path !== current);
    const runs = await Promise.all(others.map(async (path) => aged(path)));
    const old = runs.toSorted((a, b) => b.changedMs - a.changedMs).slice(keptRuns - 1);
    for (const { path } of old)
        if (!(await (0, runRecord_1.isClaimed)(path)))
            await (0, promises_1.rm)(path, { recursive: true, force: true });
}
/**
 * Ends the trainers of workers that are gone. For the start of a worker, before it takes work; what another worker of this
 * host trains goes on.
 */
async function endOrphans(directory) {
    for (const job of await namesIn(directory))
        for (const run of await namesIn(job))
            await (0, runRecord_1.endOrphansIn)(run);
}
async function namesIn(directory) {
    const names = await (0, promises_1.readdir)(directory).catch(() => []);
    return names.map((name) => (0, node_path_1.join)(directory, name));
}
async function aged(path) {
    const found = await (0, promises_1.stat)(path).catch(() => undefined);
    return { path, changedMs: found?.mtimeMs ?? 0 };
}
//# sourceMappingURL=runDirectory.js.map