"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.slotHeading = void 0;
exports.slotLine = slotLine;
exports.createSums = createSums;
exports.reportOf = reportOf;
exports.reportText = reportText;
const decisionTable_1 = require("./decisionTable");
const numbers_1 = require("./numbers");
const slotTable_1 = require("./slotTable");
const text_1 = require("./text");
const widths = [17, 12, 5, 10, 6, 8, 9, 8, 7, 8];
const titles = ['Slot', 'Grid g/kWh', 'η', 'Batch size', 'Limit', 'Mode', 'Time', 'Energy', 'CO₂', 'So far'];
exports.slotHeading = `${titles.map((title, at) => title.padStart(at === 0 ? 0 : (widths[at] ?? 0)).padEnd(widths[at] ?? 0)).join('  ')}  Why`;
function slotLine(line, width) {
    const cells = [
        (0, numbers_1.instant)(line.slot),
        intensity(line.gramsPerKwh),
        line.eta === null ? '–' : line.eta.toFixed(2),
        line.batchSizes.join('→'),
        (0, numbers_1.watts)(line.powerLimitWatts),
        line.mode,
        (0, numbers_1.duration)(line.seconds),
        (0, numbers_1.energy)(line.joules),
        line.grams === null ? '–' : `${line.grams.toFixed(2)} g`,
        (0, numbers_1.change)(line.energyVsDefault),
    ];
    const text = cells.map((cell, at) => cell.padStart(at === 0 ? 0 : (widths[at] ?? 0))).join('  ');
    return (0, text_1.plain)(`${text}  ${shortened(line.reason, Math.max(30, width - text.length - 3))}`);
}
const bars = '▁▂▃▄▅▆▇█';
/** About what the dirtiest hour of the recording has. */
const dirtiest = 450;
function intensity(gramsPerKwh) {
    if (gramsPerKwh === null)
        return '–';
    const height = Math.min(bars.length, Math.ceil((gramsPerKwh / dirtiest) * bars.length));
    const drawn = (bars[Math.max(0, height - 1)] ?? '').repeat(3);
    return `${drawn} ${gramsPerKwh.toFixed(0)}`;
}
/** The batch size stands in a column of its own; what follows it is the why. */
function shortened(reason, length) {
    const why = reason.replace(/^[^:;.]{0,40}: /, '');
    return why.length <= length ? why : `${why.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;
}
/** Adds up slot by slot. `before`: what the slots that the ledger has forgotten took. */
function createSums({ untouched }, before) {
    let { joules, slots } = before;
    return (slot) => {
        const seconds = (0, slotTable_1.used)(slot.attempts, 'seconds') ?? 0;
        const own = (0, slotTable_1.used)(slot.attempts, 'joules') ?? 0;
        const decision = slot.attempts[0]?.decision;
        const gramsPerKwh = decision?.grid?.signal ?? null;
        joules += own;
        slots += 1;
        return {
            slot: slot.slot,
            batchSizes: slot.attempts.map((attempt) => attempt.decision.batchSize),
            powerLimitWatts: slot.attempts.at(-1)?.observation?.powerLimitWatts ?? null,
            mode: decision?.mode ?? '',
            reason: decision?.reason ?? '',
            seconds,
            joules: own,
            energyVsDefault: joules / (slots * untouched.joules),
            gramsPerKwh,
            eta: decision?.grid?.eta ?? null,
            grams: gramsPerKwh === null ? null : gramsOf(own, gramsPerKwh),
        };
    };
}
function reportOf(demo, { slots, totals }) {
    const recurrences = totals.slots.ran + totals.slots.failed;
    const joules = totals.joules / recurrences;
    const seconds = totals.seconds / recurrences;
    const last = slots.at(-1)?.attempts.at(-1);
    const settledOn = last && {
        batchSize: last.decision.incumbent ?? last.decision.batchSize,
        powerLimitWatts: limitOf(slots, last.decision.incumbent ?? last.decision.batchSize),
    };
    const wattbandit = { joules, seconds, costJoules: demo.costJoules(joules, seconds) };
    const { untouched, best: oracle } = demo;
    return {
        job: demo.spec.job,
        recurrences,
        wattbandit,
        untouched,
        oracle,
        settledOn: settledOn ?? null,
        emissions: emissionsOf(demo, slots),
        totals,
    };
}
function emissionsOf(demo, slots) {
    const line = createSums(demo, { joules: 0, slots: 0 });
    const known = slots.map(line).filter(({ gramsPerKwh }) => gramsPerKwh !== null);
    if (known.length === 0)
        return null;
    const untouched = known.map(({ gramsPerKwh }) => gramsOf(demo.untouched.joules, gramsPerKwh ?? 0));
    const sum = (all) => all.reduce((total, one) => total + one, 0);
    return { grams: sum(known.map(({ grams }) => grams ?? 0)), untouchedGrams: sum(untouched) };
}
function gramsOf(joules, gramsPerKwh) {
    return (joules / 3.6e6) * gramsPerKwh;
}
/** The one that a batch size ran under last. */
function limitOf(slots, batchSize) {
    const runs = slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
    return runs.findLast((run) => run.batchSize === batchSize && run.outcome === 'converged')?.powerLimitWatts ?? null;
}
function reportText(demo, ledger, style) {
    const report = reportOf(demo, ledger);
    const { wattbandit, untouched, oracle, settledOn, emissions, recurrences, totals } = report;
    const rows = [
        ['wattbandit', wattbandit],
        [`default (batch size ${untouched.batchSize}, ${(0, numbers_1.watts)(untouched.powerLimitWatts)})`, untouched],
        [`oracle (batch size ${oracle.batchSize}, ${(0, numbers_1.watts)(oracle.powerLimitWatts)})`, oracle],
    ];
    const columns = [
        { title: 'Mean of a recurrence', cell: ([name]) => name },
        { title: 'Energy', align: 'right', cell: ([, bill]) => (0, numbers_1.energy)(bill.joules) },
        { title: 'Time', align: 'right', cell: ([, bill]) => (0, numbers_1.duration)(bill.seconds) },
        { title: 'Cost', align: 'right', cell: ([, bill]) => (0, numbers_1.energy)(bill.costJoules) },
    ];
    const last = ledger.slots.findLast(({ attempts }) => attempts.length > 0)?.attempts[0];
    return [
        '',
        style.bold(`${recurrences} recurrences of ${report.job}`),
        (0, text_1.table)(columns, rows),
        '',
        `Against the default: ${comparison(wattbandit, untouched)}.`,
        `Against the oracle:  ${comparison(wattbandit, oracle)}, everything that learning cost included.`,
        ...(emissions === null
            ? []
            : [
                `Emissions: ${emissions.grams.toFixed(1)} g CO₂eq where the default would have had ${emissions.untouchedGrams.toFixed(1)} g in the same hours (${(0, numbers_1.change)(emissions.grams / emissions.untouchedGrams)}).`,
            ]),
        `Decisions: ${totals.decisions}; observations: ${totals.told} told, ${totals.counted} counted, ${totals.quarantined} quarantined.`,
        ...(settledOn === null
            ? []
            : [`Settled on batch size ${settledOn.batchSize} at ${(0, numbers_1.watts)(settledOn.powerLimitWatts)}.`]),
        ...(last === undefined
            ? []
            : ['', `${style.bold('The last decision')}: ${(0, text_1.plain)(last.decision.reason)}`, (0, decisionTable_1.candidateTable)(last.decision)]),
    ].join('\n');
}
function comparison(ours, theirs) {
    const against = (what) => (0, numbers_1.change)(ours[what] / theirs[what]);
    return `energy ${against('joules')}, time ${against('seconds')}, cost ${against('costJoules')}`;
}
//# sourceMappingURL=demoReport.js.map