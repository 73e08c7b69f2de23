"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.recurrenceEntries = recurrenceEntries;
/** One recurrence as entries of an audit: the operators' word as it arrived, who held which GPUs, and what became of their limits. */
const entry_1 = require("./entry");
/** The activities that hold GPUs from before the first change of a limit until after the last one is put back. */
const holding = ['train', 'accompany'];
function recurrenceEntries(run, happenings) {
    const held = new Map(happenings.flatMap((each) => each.kind === 'scheduled' && holding.includes(each.activity) ? [[each.eventId, each]] : []));
    const entries = happenings.flatMap((happening) => {
        if (happening.kind === 'signal')
            return happening.name === 'obey' ? [(0, entry_1.entryOf)(run, happening, 'orders', { orders: happening.input })] : [];
        if (happening.kind !== 'begun' && happening.kind !== 'done')
            return (0, entry_1.lifeEntry)(run, happening);
        const scheduled = held.get(happening.of);
        return scheduled === undefined ? [] : [leaseEntry(run, happening, scheduled)];
    });
    return { entries, settledTo: happenings.at(-1)?.eventId ?? 0 };
}
function leaseEntry(run, happening, { input, taskQueue }) {
    const { decision, claim, node } = (0, entry_1.fieldsOf)(input);
    const { id } = (0, entry_1.fieldsOf)(decision);
    const { gpuUuids, host } = (0, entry_1.fieldsOf)(claim);
    const { rank } = (0, entry_1.fieldsOf)(node);
    const facts = { decision: id, ...(rank === undefined ? {} : { rank }), host: host ?? taskQueue, gpuUuids };
    if (happening.kind === 'begun') {
        const { attempt, client: worker } = happening;
        return (0, entry_1.entryOf)(run, happening, 'lease', { ...facts, attempt, worker });
    }
    const { leases } = (0, entry_1.only)(happening.result, 'leases');
    if (Array.isArray(leases))
        return (0, entry_1.entryOf)(run, happening, 'restore', { ...facts, leases });
    const why = happening.failure ?? 'its worker does not tell';
    return (0, entry_1.entryOf)(run, happening, 'restoreUnknown', { ...facts, why });
}
//# sourceMappingURL=recurrenceEntries.js.map