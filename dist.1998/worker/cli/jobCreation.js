"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createJobs = createJobs;
const errors_1 = require("../errors");
const jobFile_1 = require("../jobFile");
const connection_1 = require("./connection");
/** All files are read before anything is created; if one job cannot be, those created for it go again. */
async function createJobs(session, files, options) {
    const specs = await readAll(files);
    const results = await (0, connection_1.withJobs)(session, (jobs) => createAll(jobs, specs, options), options.taskQueue);
    session.output.many('jobs', results, () => results.map(({ job, result }) => `${result}  ${job}`).join('\n'));
}
async function readAll(files) {
    const specs = [];
    const problems = [];
    for (const file of files) {
        try {
            const spec = await (0, jobFile_1.readJobFile)(file);
            if (specs.some(({ job }) => job === spec.job))
                problems.push(`${file}  job\n  got ${spec.job} a second time`);
            specs.push(spec);
        }
        catch (error) {
            if (!(error instanceof errors_1.WattbanditError))
                throw error;
            problems.push(error.message);
        }
    }
    if (problems.length > 0)
        throw new errors_1.WattbanditError('invalid', problems.join('\n'));
    return specs;
}
async function createAll(jobs, specs, { paused }) {
    const results = [];
    try {
        for (const spec of specs)
            results.push({ job: spec.job, result: await jobs.create(spec, { paused }) });
        return results;
    }
    catch (error) {
        for (const { job, result } of results)
            if (result === 'created')
                await jobs.delete(job);
        throw error;
    }
}
//# sourceMappingURL=jobCreation.js.map