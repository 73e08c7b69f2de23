"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.candidateTable = candidateTable;
const numbers_1 = require("./numbers");
const text_1 = require("./text");
/** Every batch size that was considered; costs relative to the cheapest prediction. */
function candidateTable({ considered, batchSize: chosen }) {
    const cheapest = Math.min(...considered.map(({ predictedCostJoules }) => predictedCostJoules ?? Infinity));
    const columns = [
        { title: '', cell: ({ batchSize }) => (batchSize === chosen ? '→' : '') },
        { title: 'Batch size', align: 'right', cell: ({ batchSize }) => String(batchSize) },
        { title: 'Limit', align: 'right', cell: ({ powerLimitWatts }) => (0, numbers_1.watts)(powerLimitWatts) },
        { title: 'Epochs', align: 'right', cell: ({ predictedEpochs }) => predictedEpochs?.toFixed(1) ?? '–' },
        { title: 'Time', align: 'right', cell: ({ predictedSeconds }) => (0, numbers_1.duration)(predictedSeconds) },
        { title: 'Cost', align: 'right', cell: ({ predictedCostJoules }) => (0, numbers_1.energy)(predictedCostJoules) },
        { title: 'Relative', align: 'right', cell: ({ predictedCostJoules }) => relative(predictedCostJoules, cheapest) },
        { title: '±', align: 'right', cell: ({ sd }) => (0, numbers_1.percent)(sd) },
        { title: 'Gain', align: 'right', cell: ({ gainJoules }) => (0, numbers_1.energy)(gainJoules) },
        { title: 'Price', align: 'right', cell: ({ priceJoules }) => (0, numbers_1.energy)(priceJoules) },
        { title: 'Verdict', cell: ({ verdict }) => verdict },
    ];
    return (0, text_1.table)(columns, considered);
}
function relative(cost, cheapest) {
    return cost === null || !(cheapest > 0) ? '–' : `×${(cost / cheapest).toFixed(2)}`;
}
//# sourceMappingURL=decisionTable.js.map