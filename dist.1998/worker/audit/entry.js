"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.entryOf = entryOf;
exports.lifeEntry = lifeEntry;
exports.fieldsOf = fieldsOf;
exports.only = only;
exports.without = without;
function entryOf(run, { at, eventId }, kind, facts) {
    const { workflowId, runId } = run;
    const { who = null, signed = false, ...others } = facts;
    return { ...others, at, kind, who, signed, source: { workflowId, runId, eventId } };
}
/** The parts of a workflow's life that every audit tells. */
function lifeEntry(run, happening) {
    if (happening.kind === 'started')
        return [entryOf(run, happening, 'started', startedBy(happening))];
    if (happening.kind === 'ended')
        return [entryOf(run, happening, 'ended', endedBy(happening))];
    if (happening.kind !== 'cancel')
        return [];
    return [entryOf(run, happening, 'cancel', { client: happening.client, why: happening.why })];
}
function startedBy({ continuedFrom, client }) {
    return continuedFrom === '' ? { client } : { client, continuedFrom };
}
function endedBy({ how, why, client }) {
    return { how, ...(why === undefined ? {} : { why }), ...(client === undefined ? {} : { client }) };
}
/** Of what may be any JSON. */
function fieldsOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
/** Only these members: what else a message holds, a token for one, stays where it is. */
function only(value, ...keys) {
    return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([key]) => keys.includes(key)));
}
function without(value, ...keys) {
    return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([key]) => !keys.includes(key)));
}
//# sourceMappingURL=entry.js.map