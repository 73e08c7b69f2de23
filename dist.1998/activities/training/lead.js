"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.alone = alone;
exports.lead = lead;
/**
 * The leading host of a run over several: whatever limit it sets, the others set too, and what the others draw is its own draw
 * in proportion, corrected whenever they answer.
 */
const activity_1 = require("@temporalio/activity");
const messages_1 = require("../../workflows/messages");
const meter_1 = require("../gpu/meter");
function alone(power, gpus) {
    return { power, gpus, settled: async (observation) => observation };
}
async function lead(own, gpus, gpuUuids, hosts) {
    const meter = await (0, meter_1.createMeter)(gpus, gpuUuids);
    // Asked for here: a limit may be set from within another activity.
    const onCompanions = companionsOfThisRun();
    let heldWatts;
    /** What all hosts drew for each joule drawn here. */
    let share = hosts;
    const tell = async (watts) => {
        const there = await onCompanions(watts);
        const here = await meter.joules();
        const others = there.reduce((sum, { joules }) => sum + joules, 0);
        // Counters tick; of a few joules, no proportion can be told.
        if (here > fewJoules)
            share = (here + others) / here;
        return { there, joules: here + others };
    };
    return {
        power: {
            async setPowerLimit(watts) {
                const set = await own.setPowerLimit(watts);
                if (set.kind === 'foreign' || set.watts === heldWatts)
                    return set;
                const { there } = await tell(set.watts);
                heldWatts = set.watts;
                const foreign = there.findIndex(({ foreignWatts }) => foreignWatts !== undefined);
                const foreignWatts = there[foreign]?.foreignWatts;
                return foreignWatts === undefined
                    ? set
                    : { kind: 'foreign', uuid: `of rank ${foreign + 1}`, watts: foreignWatts };
            },
        },
        gpus: multiplied(gpus, () => share),
        async settled(observation) {
            if (heldWatts === undefined || !(observation.joules > 0))
                return observation;
            const { joules } = await tell(heldWatts).catch(() => observation);
            const factor = joules / observation.joules;
            const measurements = observation.measurements.map((at) => ({ ...at, averageWatts: at.averageWatts * factor }));
            return { ...observation, joules, measurements };
        },
    };
}
const fewJoules = 100;
function companionsOfThisRun() {
    const { workflowExecution } = (0, activity_1.activityInfo)();
    if (workflowExecution === undefined)
        throw new Error('a run over several hosts needs its workflow');
    const { workflowId, runId } = workflowExecution;
    const recurrence = (0, activity_1.getClient)().workflow.getHandle(workflowId, runId);
    return (watts) => recurrence.executeUpdate(messages_1.holdOnCompanions, { args: [watts] });
}
/** Counters that grow `factor` times as fast. */
function multiplied(driver, factor) {
    const counters = new Map();
    return {
        ...driver,
        async energyJoules(uuid) {
            const raw = await driver.energyJoules(uuid);
            const before = counters.get(uuid) ?? { raw, joules: 0 };
            const joules = before.joules + Math.max(0, raw - before.raw) * factor();
            counters.set(uuid, { raw, joules });
            return joules;
        },
    };
}
//# sourceMappingURL=lead.js.map