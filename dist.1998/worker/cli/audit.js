"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addAudit = addAudit;
/** `wattbandit audit`: who overrode what, what was decided, who held which GPUs, as a file in which nothing can be changed unnoticed. */
const promises_1 = require("node:fs/promises");
const contracts_1 = require("../../workflows/contracts");
const audit_1 = require("../audit/audit");
const chain_1 = require("../audit/chain");
const file_1 = require("../audit/file");
const client_1 = require("../client");
const errors_1 = require("../errors");
const connection_1 = require("./connection");
const failures_1 = require("./failures");
const newFile_1 = require("./newFile");
const progress_1 = require("./progress");
const session_1 = require("./session");
const text_1 = require("./text");
function addAudit(program) {
    const audit = program
        .command('audit')
        .description('what happened to a job, and on whose word, as a file that proves itself');
    audit
        .command('export <job>')
        .description('write overrides, refusals, decisions, observations, leases and restores as hash-chained JSON Lines')
        .option('--out <file>', 'into a new file instead of stdout')
        .option('--since <file>', 'an earlier export: write what came after it, and go on with its chain')
        .action((0, session_1.action)(exportAudit));
    audit
        .command('verify <files...>')
        .description('check exports, each of which goes on from the one before; needs no Temporal')
        .option('--hash <hash>', 'what the last line of the last one must end in, as its export said')
        .action((0, session_1.action)(verify));
}
async function exportAudit(session, job, options, command) {
    if (!contracts_1.jobIdPattern.test(job))
        command.error(`error: ${JSON.stringify(job)} is no name of a job`);
    const { out, since } = options;
    const earlier = since === undefined ? undefined : await earlierAudit(since, job);
    const progress = new progress_1.Progress(session.output);
    const onProgress = (done, total) => progress.say(`read ${done} of ${total} histories`);
    const audit = await (0, connection_1.withClient)(session, (client) => (0, audit_1.auditOf)(client, job, { readTo: earlier?.readTo, onProgress })).finally(() => progress.clear());
    if (!audit.found && earlier === undefined)
        throw (0, client_1.unknownJob)(job);
    if (audit.missing.length > 0)
        session.output.complain(missingText(job, audit.missing));
    const text = (0, file_1.auditText)({ job, exportedAt: new Date().toISOString(), audit, earlier });
    if (out === undefined)
        process.stdout.write(text);
    else
        await (0, newFile_1.writeNew)(out, text);
    const where = out === undefined ? '' : ` to ${out}`;
    session.output.talk(`exported  ${job}  ${audit.entries.length} entries${where}  hash ${hashOf(text)}`);
}
function missingText(job, missing) {
    return `Histories of job ${job} went before they were exported: ${missing.join(', ')}; export more often than the namespace's retention.`;
}
function hashOf(text) {
    const read = (0, file_1.readAudit)(Buffer.from(text));
    if (read.ok)
        return read.file.hash;
    throw new Error(`an audit was written whose line ${read.line} is wrong: ${read.why}`);
}
async function earlierAudit(file, job) {
    const read = (0, file_1.readAudit)(await bytesOf(file));
    const why = read.ok ? whyNotOf(job, read.file) : `line ${read.line}: ${read.why}`;
    if (read.ok && why === undefined)
        return read.file;
    throw new errors_1.WattbanditError('invalid', `Cannot go on from the audit ${file}: ${why}.`);
}
function whyNotOf(job, file) {
    return file.job === job ? undefined : `it is of job ${file.job}`;
}
async function verify({ output }, names, { hash }) {
    const files = [];
    const broken = (file, line, why) => {
        output.one({ ok: false, file, line, why }, (style) => `${style.bad('broken')}  ${(0, text_1.plain)(file)}, line ${line}: ${why}`);
        return failures_1.exitCodes.checkFailed;
    };
    for (const name of names) {
        const read = (0, file_1.readAudit)(await bytesOf(name));
        if (!read.ok)
            return broken(name, read.line, read.why);
        const before = files.at(-1);
        const why = before && whyNotAfter(before, read.file);
        if (why !== undefined)
            return broken(name, 1, why);
        files.push({ ...read.file, name });
    }
    const last = files.at(-1);
    if (last !== undefined && hash !== undefined && last.hash !== hash)
        return broken(last.name, last.entries + 2, `its hash is ${last.hash}`);
    const told = files.map(({ readTo: _readTo, ...file }) => file);
    output.one({ ok: true, files: told }, (style) => files.map((file) => intact(style.good('intact'), file)).join('\n'));
    return failures_1.exitCodes.done;
}
function whyNotAfter(before, { job, previous }) {
    if (job !== before.job)
        return `it is of job ${job}, the one before it of job ${before.job}`;
    return previous === before.hash ? undefined : `it does not go on from ${before.name}`;
}
function intact(word, { name, job, entries, hash, previous }) {
    const after = previous === chain_1.chainStart ? '' : `  after ${previous}`;
    return `${word}  ${(0, text_1.plain)(name)}  job ${(0, text_1.plain)(job)}  ${entries} entries  hash ${hash}${(0, text_1.plain)(after)}`;
}
async function bytesOf(file) {
    try {
        return await (0, promises_1.readFile)(file);
    }
    catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new errors_1.WattbanditError('invalid', `Cannot read the audit ${file}: ${reason}.`, { cause });
    }
}
//# sourceMappingURL=audit.js.map