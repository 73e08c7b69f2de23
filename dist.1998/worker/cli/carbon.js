"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addCarbon = addCarbon;
const sourceDescription_1 = require("../../activities/carbon/sourceDescription");
const carbonChart_1 = require("./carbonChart");
const carbonOptions_1 = require("./carbonOptions");
const carbonReadings_1 = require("./carbonReadings");
const carbonSources_1 = require("./carbonSources");
const options_1 = require("./options");
const session_1 = require("./session");
function addCarbon(program) {
    const carbon = program.command('carbon').description('carbon intensity or price of a grid; needs no Temporal');
    (0, carbonOptions_1.addCarbonOptions)(carbon.command('now'))
        .description('show the slot of now')
        .action((0, session_1.action)(async ({ output }, options, command) => {
        const source = (0, sourceDescription_1.createSource)(await (0, carbonOptions_1.describedSource)(options, command));
        const row = (0, carbonReadings_1.nowRow)(await source.now(), source.facts, new Date());
        output.one(row, (style) => (0, carbonReadings_1.nowText)(row, style));
    }));
    (0, carbonOptions_1.addCarbonOptions)(carbon.command('forecast'))
        .description('show the coming hours as bars, the lowest in green')
        .option('--hours <n>', 'how far', options_1.positiveNumber, 24)
        .action((0, session_1.action)(async ({ output }, { hours, ...options }, command) => {
        const source = (0, sourceDescription_1.createSource)(await (0, carbonOptions_1.describedSource)(options, command));
        const readings = await source.forecast(hours);
        output.many('forecast', readings.map(carbonReadings_1.readingRow), (style) => (0, carbonChart_1.chart)(readings, style));
    }));
    carbon
        .command('sources')
        .description('list providers, what they tell, their licences, and which are configured')
        .option('-c, --config <file>', 'worker configuration (YAML) with a carbon section')
        .action((0, session_1.action)(async ({ output }, { config }, command) => {
        await (0, carbonSources_1.listSources)(output, config === undefined ? undefined : await (0, carbonOptions_1.describedSource)({ config }, command));
    }));
}
//# sourceMappingURL=carbon.js.map