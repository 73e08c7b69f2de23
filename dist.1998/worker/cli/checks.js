"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.fail = exports.warn = exports.pass = void 0;
exports.localChecks = localChecks;
/** What `doctor` looks at on this computer. A check never throws: whatever goes wrong is a finding. */
const promises_1 = require("node:fs/promises");
const node_module_1 = require("node:module");
const node_path_1 = require("node:path");
const traces_1 = require("../../simulation/traces");
const packaged_1 = require("../packaged");
const server_1 = require("../server");
const failures_1 = require("./failures");
const package_1 = require("./package");
const pass = (check, detail) => ({ check, state: 'pass', detail, fix: null });
exports.pass = pass;
const warn = (check, detail, fix) => ({ check, state: 'warn', detail, fix });
exports.warn = warn;
const fail = (check, detail, fix) => ({ check, state: 'fail', detail, fix });
exports.fail = fail;
/** What needs no server. */
async function localChecks() {
    return [checkNode(), checkProtobuf(), await checkState(), checkTraces()];
}
function checkNode() {
    const { engines } = (0, package_1.packageManifest)();
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const [neededMajor = 0, neededMinor = 0] = engines.node.replace(/^\D+/, '').split('.').map(Number);
    const enough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
    const detail = `${process.versions.node}, needs ${engines.node}`;
    return enough ? (0, exports.pass)('Node', detail) : (0, exports.fail)('Node', detail, `install Node ${neededMajor}.${neededMinor} or newer`);
}
/** Two copies of protobufjs in one program make Temporal's JSON histories unreadable (`type must be a Type`). */
function checkProtobuf() {
    const check = 'protobufjs';
    const own = require.resolve('protobufjs/package.json');
    const temporals = (0, node_module_1.createRequire)(require.resolve('@temporalio/proto')).resolve('protobufjs/package.json');
    if (own === temporals)
        return (0, exports.pass)(check, 'one copy, shared with Temporal');
    return (0, exports.fail)(check, 'Temporal uses another copy than wattbandit', 'npm dedupe protobufjs, then npm ls protobufjs');
}
async function checkState() {
    const check = 'State directory';
    const directory = (0, server_1.stateDirectory)();
    for (let at = directory;; at = (0, node_path_1.dirname)(at)) {
        try {
            await (0, promises_1.access)(at, promises_1.constants.W_OK);
            return (0, exports.pass)(check, at === directory ? directory : `${directory}, can be created`);
        }
        catch (error) {
            const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
            if (missing && (0, node_path_1.dirname)(at) !== at)
                continue;
            return (0, exports.fail)(check, `${directory} cannot be written`, 'name a writable directory by WATTBANDIT_STATE');
        }
    }
}
function checkTraces() {
    const check = 'Simulated hardware';
    try {
        const models = (0, traces_1.listGpuModels)(packaged_1.packagedTraces);
        const jobs = models.flatMap((model) => (0, traces_1.loadTraces)(packaged_1.packagedTraces, model)).length;
        if (jobs > 0)
            return (0, exports.pass)(check, `${jobs} recorded jobs on ${models.join(', ')}`);
        return (0, exports.fail)(check, `no recordings in ${packaged_1.packagedTraces}`, 'install wattbandit again');
    }
    catch (error) {
        return (0, exports.fail)(check, (0, failures_1.failureOf)(error).message, 'install wattbandit again');
    }
}
//# sourceMappingURL=checks.js.map