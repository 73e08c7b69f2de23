"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.socketVariable = exports.requestDescriptor = exports.reportDescriptor = void 0;
exports.variablesFor = variablesFor;
exports.inheritedBy = inheritedBy;
/** The environment of a trainer: what wattbandit tells it, and the few variables it inherits. Secrets stay with the worker. */
const processSettings_1 = require("./processSettings");
/** Without these, programs do not find their libraries, their user or their language. */
const inherited = [
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'LC_ALL',
    'LC_CTYPE',
    'TZ',
    'TMPDIR',
    'LD_LIBRARY_PATH',
    'VIRTUAL_ENV',
    'CONDA_PREFIX',
    'CUDA_HOME',
];
exports.reportDescriptor = 3;
exports.requestDescriptor = 4;
exports.socketVariable = 'WATTBANDIT_REPORT_SOCKET';
/** What wattbandit tells the trainer; also what `${…}` in its command may name. */
function variablesFor({ id, spec, batchSize, gpuUuids, node = { rank: 0, hosts: ['localhost'] } }, checkpointDirectory) {
    return {
        WATTBANDIT_JOB: spec.job,
        WATTBANDIT_RUN_ID: id,
        WATTBANDIT_BATCH_SIZE: String(batchSize),
        WATTBANDIT_DEFAULT_BATCH_SIZE: String(spec.defaultBatchSize),
        WATTBANDIT_MAX_EPOCHS: String(spec.maxEpochs),
        WATTBANDIT_TARGET_METRIC: spec.target.metric,
        WATTBANDIT_TARGET_VALUE: String(spec.target.value),
        WATTBANDIT_TARGET_DIRECTION: spec.target.direction,
        WATTBANDIT_CHECKPOINT_DIR: checkpointDirectory,
        WATTBANDIT_GPU_UUIDS: gpuUuids.join(','),
        WATTBANDIT_NODE_RANK: String(node.rank),
        WATTBANDIT_NODE_HOSTS: node.hosts.join(','),
        WATTBANDIT_REPORT_FD: String(exports.reportDescriptor),
        WATTBANDIT_REQUEST_FD: String(exports.requestDescriptor),
    };
}
/** @throws ApplicationFailure `InvalidRequest` if the job wants a variable that this worker does not have */
function inheritedBy(job, { env }, own) {
    const missing = env.filter((name) => own[name] === undefined);
    if (missing.length > 0) {
        throw (0, processSettings_1.invalidRequest)(`Cannot train job ${job}: trainer.env wants ${missing.join(', ')}, which this worker does not have; set it for the worker.`);
    }
    const entries = [...inherited, ...env].flatMap((name) => {
        const value = own[name];
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(entries);
}
//# sourceMappingURL=processEnvironment.js.map