"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addGpu = addGpu;
const failures_1 = require("./failures");
const gpuList_1 = require("./gpuList");
const gpuOptions_1 = require("./gpuOptions");
const gpuRestore_1 = require("./gpuRestore");
const gpuWatch_1 = require("./gpuWatch");
const interruption_1 = require("./interruption");
const options_1 = require("./options");
const session_1 = require("./session");
function addGpu(program) {
    const gpu = program.command('gpu').description("this host's GPUs and their power limits; needs no Temporal");
    (0, gpuOptions_1.addGpuOptions)(gpu.command('list'))
        .description('list GPUs, who holds them, which a run may have and why not the others')
        .action((0, session_1.action)(({ output }, options) => (0, gpuList_1.listGpus)(output, options)));
    (0, gpuOptions_1.addGpuOptions)(gpu.command('watch'))
        .description('show limits, draw and holders until interrupted; with -o jsonl a line for each GPU and look')
        .option('--every <duration>', 'how often to look', options_1.seconds, 1)
        .action((0, session_1.action)(async ({ output }, options, command) => {
        if (output.format === 'json')
            command.error('error: it has no end, so JSON comes in lines: -o jsonl');
        const attempts = await (0, gpuOptions_1.tryDrivers)(options);
        const found = attempts.find(({ driver, reports }) => driver !== undefined || reports.length > 0);
        if (found?.driver === undefined) {
            output.complain((0, gpuOptions_1.noGpuText)(attempts));
            return failures_1.exitCodes.notFound;
        }
        const signal = (0, interruption_1.interruption)();
        const { driver } = found;
        const directory = await (0, gpuOptions_1.leaseDirectoryOf)(options);
        await (0, gpuWatch_1.watchGpus)(output, { found: { ...found, driver }, directory, everySeconds: options.every, signal });
        return signal.reason === 'SIGINT' ? failures_1.exitCodes.interrupted : failures_1.exitCodes.done;
    }));
    (0, gpuOptions_1.addGpuOptions)(gpu.command('restore'))
        .description('put back the power limits that dead runs left changed; runs that live keep theirs')
        .argument('[uuids...]', 'which GPUs (default: all)')
        .option('--all', 'all of them, as without UUIDs')
        .option('--dry-run', 'only say what would be done')
        .option('--force', 'also where somebody else moved the limit meanwhile; name the GPUs')
        .action((0, session_1.action)(async ({ output }, uuids, options, command) => {
        if (options.all === true && uuids.length > 0)
            command.error('error: --all leaves no UUIDs to name');
        if (options.force === true && uuids.length === 0)
            command.error('error: --force needs the UUIDs of the GPUs');
        return (0, gpuRestore_1.restoreGpus)(output, uuids, options);
    }));
}
//# sourceMappingURL=gpu.js.map