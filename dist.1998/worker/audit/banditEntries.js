"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.banditEntries = banditEntries;
/** One run of a bandit as entries of an audit: operators' orders, decisions, observations, and how it began and ended. */
const entry_1 = require("./entry");
const operatorEntries_1 = require("./operatorEntries");
function banditEntries(run, happenings) {
    const operators = new operatorEntries_1.OperatorEntries(run, happenings);
    const answers = new Map(happenings.flatMap((each) => (each.kind === 'answer' ? [[each.of, each]] : [])));
    const entries = [];
    const open = [];
    for (const happening of happenings) {
        const told = toldBy(happening);
        if (told === undefined)
            open.push(happening);
        else
            entries.push(...told);
    }
    const last = happenings.at(-1);
    if (last === undefined || last.kind === 'ended')
        return { entries: [...entries, ...open.map((each) => unanswered(run, each))], settledTo: last?.eventId ?? 0 };
    const settledTo = Math.min(last.eventId, ...open.map(({ eventId }) => eventId - 1));
    return { entries: entries.filter(({ source }) => source.eventId <= settledTo), settledTo };
    /** Undefined while it waits for its answer. */
    function toldBy(happening) {
        if (happening.kind === 'signal')
            return signalled(happening);
        if (happening.kind === 'local')
            return decided(run, happening);
        if (happening.kind !== 'update')
            return (0, entry_1.lifeEntry)(run, happening);
        const answer = answers.get(happening.eventId);
        return answer && answered(happening, answer);
    }
    function signalled(signal) {
        if (signal.name === 'retire')
            return [(0, entry_1.entryOf)(run, signal, 'retire', { client: signal.client })];
        if (signal.name !== 'override')
            return [];
        const entry = operators.signalled(signal);
        return entry && [entry];
    }
    function answered(update, answer) {
        if (update.name === 'setOverride' || update.name === 'clearOverride')
            return [operators.updated(update, answer)];
        return learned(run, update, answer);
    }
}
/** Asking again gets the same decision, which is recorded once. */
function decided(run, local) {
    if (local.activity !== 'decide')
        return [];
    const { decision, skipped } = (0, entry_1.fieldsOf)(local.result);
    if (decision === undefined)
        return [];
    return [(0, entry_1.entryOf)(run, local, 'decision', { decision, skipped })];
}
/** What was measured meanwhile is for `job export`. */
function learned(run, { name, input, client }, answer) {
    const { failure, success } = answer;
    if (failure !== undefined)
        return [(0, entry_1.entryOf)(run, answer, 'refusal', { order: { kind: name }, client, by: 'update', why: failure })];
    switch (name) {
        case 'tell': {
            const observation = (0, entry_1.without)(input, 'measurements', 'grid', 'leases');
            return [(0, entry_1.entryOf)(run, answer, 'observation', { ...(0, entry_1.fieldsOf)(success), observation, client })];
        }
        case 'giveUp':
            return [(0, entry_1.entryOf)(run, answer, 'giveUp', { ...(0, entry_1.only)(input, 'slot', 'failure', 'why'), client })];
        case 'importFacts':
            return [(0, entry_1.entryOf)(run, answer, 'import', { ...(0, entry_1.fieldsOf)(success), client })];
        default:
            return [];
    }
}
/** The run ended before it heard it. */
function unanswered(run, happening) {
    const { name, client } = happening.kind === 'update' || happening.kind === 'signal' ? happening : {};
    return (0, entry_1.entryOf)(run, happening, 'unanswered', { message: name, client });
}
//# sourceMappingURL=banditEntries.js.map