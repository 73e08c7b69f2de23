"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sourceKinds = void 0;
exports.readSource = readSource;
/** The kinds of files that a job can learn from, each with its reader. The only switch on them. */
const errors_1 = require("../errors");
const csv_1 = require("./csv");
const jobExport_1 = require("./jobExport");
const zeusProfile_1 = require("./zeusProfile");
const zeusSqlite_1 = require("./zeusSqlite");
exports.sourceKinds = ['zeus-sqlite', 'zeus-profile', 'csv', 'job'];
/** @throws WattbanditError `invalid` for a file that is not of this kind */
async function readSource(kind, file, options) {
    switch (kind) {
        case 'zeus-sqlite':
            return (0, zeusSqlite_1.readZeusSqlite)(file, options.zeusJob);
        case 'zeus-profile':
            return (0, zeusProfile_1.readZeusProfile)(file, profiledRun(file, options));
        case 'csv':
            return (0, csv_1.readCsv)(file);
        case 'job':
            return (0, jobExport_1.readJobExport)(file);
    }
}
function profiledRun(file, { batchSize, stepsPerEpoch, profileSteps }) {
    if (batchSize !== undefined && stepsPerEpoch !== undefined)
        return { batchSize, stepsPerEpoch, profileSteps };
    throw new errors_1.WattbanditError('invalid', `Cannot import ${file}: a profile of Zeus does not say of which batch size it is, nor how many steps make an epoch; give --batch-size and --steps-per-epoch.`);
}
//# sourceMappingURL=sources.js.map