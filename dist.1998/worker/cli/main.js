#!/usr/bin/env node
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createProgram = createProgram;
/** `wattbandit <noun> <verb>`: parses the command line, runs one command, ends with its exit code. */
const commander_1 = require("commander");
const audit_1 = require("./audit");
const carbon_1 = require("./carbon");
const codec_1 = require("./codec");
const config_1 = require("./config");
const decision_1 = require("./decision");
const demo_1 = require("./demo");
const doctor_1 = require("./doctor");
const failures_1 = require("./failures");
const gpu_1 = require("./gpu");
const job_1 = require("./job");
const report_1 = require("./report");
const session_1 = require("./session");
const package_1 = require("./package");
const simulate_1 = require("./simulate");
const text_1 = require("./text");
const worker_1 = require("./worker");
function createProgram() {
    const program = new commander_1.Command('wattbandit')
        .description('Tunes batch size and GPU power limit over recurring training jobs.')
        .version((0, package_1.packageManifest)().version)
        .showHelpAfterError('(`--help` lists what there is)')
        .exitOverride();
    (0, session_1.addGlobalOptions)(program);
    const commands = [
        demo_1.addDemo,
        job_1.addJob,
        decision_1.addDecision,
        report_1.addReport,
        audit_1.addAudit,
        worker_1.addWorker,
        gpu_1.addGpu,
        carbon_1.addCarbon,
        simulate_1.addSimulate,
        config_1.addConfig,
        codec_1.addCodec,
        doctor_1.addDoctor,
    ];
    for (const add of commands)
        add(program);
    return program;
}
async function main() {
    process.stdout.once('error', endWithReader);
    try {
        await createProgram().parseAsync();
    }
    catch (error) {
        const { code, message } = (0, failures_1.failureOf)(error);
        if (message !== '')
            process.stderr.write(`${(0, text_1.plainLines)(message)}\n`);
        if (process.argv.includes('debug') && error instanceof Error)
            process.stderr.write(`${error.stack}\n`);
        process.exitCode = code;
    }
}
/** A reader that has seen enough, as `head`, is no error; what was started is put in order as after an interruption. */
function endWithReader(error) {
    if (!('code' in error && error.code === 'EPIPE'))
        throw error;
    process.stdout.on('error', () => { });
    if (!process.emit('SIGTERM'))
        process.exit(failures_1.exitCodes.done);
}
if (require.main === module)
    void main();
//# sourceMappingURL=main.js.map