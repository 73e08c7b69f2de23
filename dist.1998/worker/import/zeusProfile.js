"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readZeusProfile = readZeusProfile;
/** A power profile that Zeus saved: for each limit, the energy and the time of so many training steps. */
const zod_1 = require("zod");
const yamlRules_1 = require("../yamlRules");
const input_1 = require("./input");
const mostBytes = 1024 * 1024;
const mostLimits = 1000;
/** Watts, joules over all GPUs, seconds. Zeus thinks in milliwatts inside; no GPU takes as many watts. */
const measurement = zod_1.z.strictObject({
    power_limit: zod_1.z.number().positive().max(10_000, 'must be in watts'),
    energy: zod_1.z.number().positive(),
    time: zod_1.z.number().positive(),
});
/** What `GlobalPowerLimitOptimizer` saves, or the list alone. */
const profile = zod_1.z.union([zod_1.z.strictObject({ measurements: zod_1.z.array(zod_1.z.unknown()) }), zod_1.z.array(zod_1.z.unknown())]);
/** @throws WattbanditError */
async function readZeusProfile(file, run) {
    const parsed = profile.safeParse(parseJson(file, await (0, input_1.readText)(file, mostBytes)));
    if (!parsed.success)
        throw (0, input_1.cannotImport)(file, 'it must be a list of power_limit, energy and time, or have it as `measurements`');
    const list = Array.isArray(parsed.data) ? parsed.data : parsed.data.measurements;
    if (list.length > mostLimits)
        throw (0, input_1.cannotImport)(file, `it has more than ${mostLimits} measurements`);
    return {
        donor: { name: `zeus-profile batch size ${run.batchSize}`, target: null, gpuCount: null },
        rows: list.map((each, index) => rowOf(each, index, run)),
    };
}
/** Each limit is an observation of its own: nobody trained to the end, so it teaches what was measured and nothing else. */
function rowOf(value, index, { batchSize, profileSteps, stepsPerEpoch }) {
    const place = `measurement ${index + 1}`;
    const parsed = measurement.safeParse(value, { error: yamlRules_1.ruleFor });
    if (!parsed.success)
        return { kind: 'dropped', place, why: (0, input_1.problemsIn)(parsed.error) };
    const { power_limit: powerLimitWatts, energy: joules, time: seconds } = parsed.data;
    const secondsPerEpoch = (seconds / profileSteps) * stepsPerEpoch;
    const measured = {
        batchSize,
        powerLimitWatts,
        secondsPerEpoch,
        averageWatts: joules / seconds,
        source: 'profile',
    };
    const facts = { batchSize, powerLimitWatts, seconds, joules, measurements: [measured], outcome: 'operator' };
    const detail = 'a window of a power profile';
    return {
        kind: 'read',
        place,
        key: JSON.stringify(measured),
        doubts: [],
        facts: { ...facts, detail, gpuModel: null, epochs: 0, at: null },
    };
}
function parseJson(file, text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw (0, input_1.cannotImport)(file, `it is not JSON: ${(0, input_1.messageOf)(error)}`, error);
    }
}
//# sourceMappingURL=zeusProfile.js.map