"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.gpuFinding = gpuFinding;
/** One GPU, as `doctor` sees it. */
const checks_1 = require("./checks");
const gpuRows_1 = require("./gpuRows");
const numbers_1 = require("./numbers");
function gpuFinding(row) {
    const check = `GPU ${row.uuid}`;
    const problems = problemsOf(row);
    const detail = [factsOf(row), ...problems.map(({ what }) => what)].join('; ');
    const fix = problems.map((problem) => problem.fix).join('; ');
    // One that cannot even be asked is broken; one that is of no use to a run may well be in order.
    if (row.energy === 'none')
        return (0, checks_1.fail)(check, detail, fix);
    return problems.length === 0 ? (0, checks_1.pass)(check, detail) : (0, checks_1.warn)(check, detail, fix);
}
function factsOf(row) {
    if (row.maxWatts === null)
        return row.model;
    const limits = `limit ${(0, numbers_1.watts)(row.limitWatts)} (default ${(0, numbers_1.watts)(row.defaultWatts)}, enforced ${(0, numbers_1.watts)(row.enforcedWatts)})`;
    const energy = row.energy === 'counter' ? 'energy counter' : 'energy summed from power, less exact';
    const modes = [mode('persistence', row.persistence), mode('MIG', row.mig)].filter((text) => text !== '');
    const holder = row.lease?.held === true ? [`held by ${(0, gpuRows_1.holderText)(row.lease)}`] : [];
    return [row.model, `takes ${row.minWatts} to ${row.maxWatts} W`, limits, energy, ...modes, ...holder].join(', ');
}
function mode(name, on) {
    return on === null ? '' : `${name} ${on ? 'on' : 'off'}`;
}
function problemsOf(row) {
    const { uuid, reason, state, persistence, limitWatts, enforcedWatts } = row;
    const problems = [];
    // A debt has a finding of its own.
    if (reason !== null && state !== 'owed')
        problems.push(problemIn(reason));
    if (persistence === false) {
        const what = 'its limit is lost whenever no program uses it';
        problems.push({ what, fix: `start nvidia-persistenced at boot (until then: nvidia-smi -i ${uuid} -pm 1)` });
    }
    if (limitWatts !== null && enforcedWatts !== null && enforcedWatts < limitWatts) {
        const what = `something outside the driver caps it at ${enforcedWatts} W`;
        problems.push({ what, fix: 'limits above that have no effect; look at the power cap in the BMC of the host' });
    }
    return problems;
}
/** Reasons are written as ‹what›; ‹remedy›. */
function problemIn(reason) {
    const [what = '', ...remedy] = reason.split('; ');
    return { what, fix: remedy.join('; ') || 'see the log of its driver' };
}
//# sourceMappingURL=gpuFinding.js.map