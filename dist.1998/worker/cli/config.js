"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addConfig = addConfig;
/** `wattbandit config`: files checked without a server, and what may stand in them. */
const commander_1 = require("commander");
const zod_1 = require("zod");
const contracts_1 = require("../../workflows/contracts");
const config_1 = require("../config");
const jobFile_1 = require("../jobFile");
const invalidFile_1 = require("../invalidFile");
const failures_1 = require("./failures");
const session_1 = require("./session");
const schemas = { job: contracts_1.jobSpecSchema, worker: config_1.workerConfigSchema };
function addConfig(program) {
    const config = program.command('config').description('check job files, print their schema');
    config
        .command('check <files...>')
        .description('say whether job files are valid, and everything that is wrong with them')
        .action((0, session_1.action)(async ({ output }, files) => {
        const reports = await Promise.all(files.map(check));
        const problems = reports.flatMap((report) => report.problems);
        const good = reports.filter(({ valid }) => valid);
        output.many('files', reports, ({ good: green }) => good.map(({ file, job }) => `${green('valid')}  ${file}  job ${job}`).join('\n'));
        if (problems.length > 0)
            output.complain(problems.map(invalidFile_1.problemText).join('\n'));
        return problems.length > 0 ? failures_1.exitCodes.invalid : failures_1.exitCodes.done;
    }));
    config
        .command('schema')
        .addArgument(new commander_1.Argument('[kind]', 'of which file').choices(['job', 'worker']).default('job'))
        .description('print the JSON Schema of job files, or of the worker configuration')
        .action((0, session_1.action)(({ output }, kind) => {
        output.document(zod_1.z.toJSONSchema(schemas[kind], { io: 'input' }));
    }));
}
async function check(file) {
    try {
        const { job } = await (0, jobFile_1.readJobFile)(file);
        return { file, valid: true, job, problems: [] };
    }
    catch (error) {
        if (!(error instanceof invalidFile_1.InvalidFile))
            throw error;
        return { file, valid: false, job: null, problems: error.problems };
    }
}
//# sourceMappingURL=config.js.map