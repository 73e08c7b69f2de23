"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addJobExport = addJobExport;
const export_1 = require("../export");
const exportFormat_1 = require("../exportFormat");
const connection_1 = require("./connection");
const newFile_1 = require("./newFile");
const session_1 = require("./session");
const text_1 = require("./text");
function addJobExport(job) {
    job
        .command('export <job>')
        .description('write what the job has measured, observed and decided as JSON Lines')
        .option('--out <file>', 'into a new file instead of stdout')
        .action((0, session_1.action)(exportJob));
}
async function exportJob(session, job, { out }) {
    const text = await (0, connection_1.withJobs)(session, async (jobs) => {
        // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
        const facts = await jobs.facts(job);
        const ledger = await jobs.ledger(job);
        const exportedAt = new Date().toISOString();
        return (0, exportFormat_1.sealed)((0, export_1.exportLines)({ facts, ledger, exportedAt }).map((line) => (0, text_1.plainJson)(line)));
    });
    if (out === undefined)
        return void process.stdout.write(text);
    await (0, newFile_1.writeNew)(out, text);
    session.output.talk(`exported  ${job}  to ${out}`);
}
//# sourceMappingURL=jobExport.js.map