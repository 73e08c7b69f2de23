"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createSteerActivities = createSteerActivities;
/** What the carbon timer has done on the host that trains, as local activities of its process: look and weigh, hold a limit. */
const carbon_1 = require("../../policy/carbon");
const steering_1 = require("./steering");
const waitingSeconds = 10;
/** After a slot began, for its provider to tell of it; a fiftieth of short slots. */
const lateSeconds = 5;
function createSteerActivities({ watch, underWay }) {
    return {
        /** Never fails for want of a provider: what is not known weighs nothing. */
        async weighRun({ run: key, steering }) {
            const run = underWay.find(key);
            if (watch === undefined)
                return { kind: 'waiting', nextSeconds: waitingSeconds };
            const waiting = { kind: 'waiting', nextSeconds: Math.min(waitingSeconds, watch.facts.slotSeconds) };
            if (run === undefined)
                return waiting;
            const view = await watch.view();
            const perKwh = view.reading?.value ?? null;
            const status = view.reading?.status ?? 'unknown';
            if (run.limitProfile.length === 0) {
                run.note({ eta: steering.eta, perKwh, status });
                return waiting;
            }
            const weighed = weighNow(run, steering, view);
            run.note({ eta: weighed.eta, perKwh, status });
            return { kind: 'weighed', ...weighed, nextSeconds: secondsToNextSlot(view) };
        },
        /** False where the run may not be steered now, or has ended. */
        async holdRun(key, watts) {
            return (await underWay.find(key)?.hold(watts)) ?? false;
        },
    };
}
function weighNow(run, steering, view) {
    const { limitProfile: profile, maxPowerWatts, pace, progress: standing, orders } = run;
    const reference = referenceNow(steering, view.digest);
    // The operator's η is the last word on it.
    const { eta = steering.eta } = orders;
    const policy = orders.eta === undefined ? steering.policy : 'static';
    const budget = orders.eta === undefined ? steering.budget : null;
    const sight = { steering: { ...steering, policy, budget, reference }, view, known: view.digest, profile, standing };
    return (0, carbon_1.weigh)({ profile, eta, maxPowerWatts, pace }, (0, steering_1.contextOf)(sight));
}
const enoughDays = 27;
/** Chase keeps that of the run's start; else the host's, unless it has seen too little and the job knows more. */
function referenceNow({ policy, reference }, known) {
    if (policy === 'chase')
        return reference;
    const own = (0, steering_1.referenceFor)(policy, known, '');
    return known.reference.days.length >= enoughDays ? own : (reference ?? own);
}
function secondsToNextSlot({ at, slotSeconds }) {
    const into = (Date.parse(at) / 1000) % slotSeconds;
    return slotSeconds - into + Math.min(lateSeconds, slotSeconds / 50);
}
//# sourceMappingURL=steer.js.map