"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addDoctor = addDoctor;
const checks_1 = require("./checks");
const failures_1 = require("./failures");
const gpuChecks_1 = require("./gpuChecks");
const gpuOptions_1 = require("./gpuOptions");
const serverChecks_1 = require("./serverChecks");
const session_1 = require("./session");
const text_1 = require("./text");
function addDoctor(program) {
    (0, gpuOptions_1.addGpuOptions)(program.command('doctor'))
        .description('check Temporal, this computer, its GPUs and the recordings, and say how to mend what is wrong')
        .option('--task-queue <name>', 'whose workers to look for')
        .action((0, session_1.action)(async ({ globals, output }, options) => {
        const findings = [
            ...(await (0, checks_1.localChecks)()),
            ...(await (0, gpuChecks_1.gpuChecks)(options)),
            ...(await (0, serverChecks_1.serverChecks)(globals, options.taskQueue)),
        ];
        output.many('checks', findings, (style) => findings.map((finding) => line(finding, style)).join('\n'));
        return findings.some(({ state }) => state === 'fail') ? failures_1.exitCodes.checkFailed : failures_1.exitCodes.done;
    }));
}
function line({ state, check, detail, fix }, style) {
    const mark = { pass: style.good('pass'), warn: style.doubtful('warn'), fail: style.bad('fail') }[state];
    const mending = fix === null ? '' : `\n      ${(0, text_1.plain)(fix)}`;
    return `${mark}  ${style.bold(check)}: ${(0, text_1.plain)(detail)}${mending}`;
}
//# sourceMappingURL=doctor.js.map