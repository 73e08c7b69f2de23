"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.descriptionOf = descriptionOf;
exports.descriptionText = descriptionText;
/** What is known of one job, put together from its Schedule, its ledger and its facts. */
const decide_1 = require("../../activities/decide");
const messages_1 = require("../../workflows/messages");
const decisionTable_1 = require("./decisionTable");
const numbers_1 = require("./numbers");
const slotTable_1 = require("./slotTable");
const text_1 = require("./text");
const shownSlots = 10;
async function descriptionOf(jobs, job) {
    const schedule = await jobs.describe(job);
    // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
    const facts = await jobs.facts(job);
    const ledger = await jobs.ledger(job);
    return {
        job,
        paused: schedule.state.paused,
        note: schedule.state.note ?? null,
        nextSlots: schedule.info.nextActionTimes.slice(0, 3).map(messages_1.slotAt),
        spec: facts.spec,
        totals: ledger.totals,
        outlook: await outlookOf(facts, ledger),
        slots: ledger.slots.slice(-shownSlots),
    };
}
/** The bandit's own computation on the bandit's own facts, so that this is what it would say. */
async function outlookOf({ spec, memory, since }, { slots }) {
    const observations = slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
    const last = observations.at(-1);
    if (last === undefined)
        return null;
    const limits = observations.flatMap(({ powerLimitWatts, measurements }) => [
        powerLimitWatts,
        ...measurements.map((at) => at.powerLimitWatts),
    ]);
    const powerLimitsWatts = [...new Set(limits)].toSorted((a, b) => a - b);
    const gpus = { model: last.gpuModel, count: spec.gpus.count, powerLimitsWatts };
    const request = { id: 'outlook', slot: last.slot, attempt: 1, gpus };
    const { decision } = await (0, decide_1.createDecideActivities)().decide({ spec, memory, since, request, inFlight: [] });
    return decision;
}
function descriptionText(description, style) {
    const { job, paused, note, nextSlots, spec, totals, outlook, slots } = description;
    const state = `${paused ? 'paused' : 'running'}${note === null || note === '' ? '' : `: ${note}`}`;
    const facts = (0, text_1.pairs)([
        ['Job', job],
        ['State', state],
        ['Next slots', nextSlots.map(numbers_1.instant).join(', ') || '–'],
        ['Policy', `${spec.policy.name}, η ${spec.objective.eta}`],
        ['Batch sizes', `${spec.batchSizes.join(', ')}; default ${spec.defaultBatchSize}`],
        ['Slots', `${totals.slots.ran} ran, ${totals.slots.skipped} skipped, ${totals.slots.failed} failed`],
        [
            'Runs',
            `${totals.told} told: ${totals.counted} counted, ${totals.quarantined} quarantined; ${totals.expired} expired`,
        ],
        ...(totals.imported === undefined ? [] : [['Imported', `${totals.imported} observations`]]),
        ['Used', `${(0, numbers_1.energy)(totals.joules)} in ${(0, numbers_1.duration)(totals.seconds)}`],
        ['Best so far', outlook?.incumbent == null ? '–' : `batch size ${outlook.incumbent}`],
    ]);
    const beliefs = outlook === null ? [] : ['', style.bold('Beliefs'), (0, decisionTable_1.candidateTable)(outlook)];
    const recent = slots.length === 0 ? [] : ['', style.bold('Last slots'), (0, slotTable_1.slotTable)(slots)];
    return [facts, ...beliefs, ...recent].join('\n');
}
//# sourceMappingURL=jobDescription.js.map