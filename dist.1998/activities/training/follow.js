"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Follower = void 0;
/** Follows one run: which power limit must be in force, when to stop, what was measured. No I/O: events in, steps out. */
const cost_1 = require("../../policy/cost");
const override_1 = require("../../policy/override");
const powerLimit_1 = require("../../policy/powerLimit");
const limits_1 = require("../gpu/lease/limits");
const limitInForce_1 = require("../gpu/limitInForce");
const profile_1 = require("../gpu/profile");
const profileWindow_1 = require("../gpu/profileWindow");
const chosenLimit_1 = require("./chosenLimit");
const ending_1 = require("./ending");
const limitsHeld_1 = require("./limitsHeld");
const nothing = { epochs: 0, seconds: 0, joules: 0 };
class Follower {
    plan;
    profiler;
    known;
    chosen;
    limitsHeld = new limitsHeld_1.LimitsHeld();
    /** The limit really in force. */
    inForceWatts;
    foreign;
    orders = override_1.noOrders;
    probed = [];
    wholeEpochs = 0;
    latest = nothing;
    /** What evaluations took so far: a profile is of training alone. */
    evaluating = nothing;
    /** Windows are as short as the trainer's reports until {@link measureBy} says how energy is read. */
    constructor(plan) {
        this.plan = plan;
        const { powerLimitWatts, profiled } = plan.decision;
        this.chosen = new chosenLimit_1.ChosenLimit(plan.decision.batchSize, powerLimitWatts ?? undefined);
        this.known = powerLimitWatts === null ? (profiled ?? []) : [];
        this.profiler = this.profilerBy('exact');
        this.choose();
    }
    /** Before the first event. */
    measureBy(energy) {
        this.profiler = this.profilerBy(energy);
    }
    /** The limit that must be in force now, watts; that of an administrator, who is not contradicted. */
    get limitWatts() {
        const { powerLimitsWatts } = this.plan.gpus;
        return this.foreign?.watts ?? this.profiler.limitWatts ?? this.chosen.watts ?? Math.max(...powerLimitsWatts);
    }
    /** Windows are open: energy must be read as exactly as can be. */
    get isProfiling() {
        return this.foreign === undefined && this.profiler.limitWatts !== undefined;
    }
    /** False once somebody else moved a limit: from then on none is set any more. */
    get mayBeSet() {
        return this.foreign === undefined;
    }
    get progress() {
        return { ...this.latest, powerLimitWatts: this.limitWatts };
    }
    /** Whole epochs evaluated so far. */
    get epochs() {
        return this.wholeEpochs;
    }
    /** Speed and power of the run at its final limit; undefined until both are known. */
    runningAt(now) {
        if (this.isProfiling)
            return undefined;
        const all = this.measurements(now).filter(({ batchSize }) => batchSize === this.plan.decision.batchSize);
        return all.findLast(({ powerLimitWatts }) => powerLimitWatts === this.chosen.finalWatts);
    }
    /** Takes note of what came of setting `limitWatts`, at `seconds` of the run. */
    held(set, seconds) {
        this.inForceWatts = set.watts;
        if (set.kind === 'foreign')
            return this.yieldTo(set);
        this.chosen.held(this.selectableInForce);
        this.profiler = this.profiler.hold(set.watts, seconds - this.evaluating.seconds);
        this.choose();
    }
    /** What was measured of the limits of the running batch size, here and before; empty while they are being measured. */
    get limitProfile() {
        return this.isProfiling ? [] : [...(this.plan.decision.profiled ?? []), ...this.profiler.measurements];
    }
    get heldLimits() {
        return this.limitsHeld.all;
    }
    get ordered() {
        return this.orders;
    }
    /** Another limit from now on, by the grid. False where it may not be: a profile and an administrator come first. */
    steer(watts) {
        if (this.isProfiling || this.foreign !== undefined || this.chosen.watts === undefined)
            return false;
        this.chosen.change((0, override_1.limitUnder)(this.orders, watts, this.plan.gpus.powerLimitsWatts), this.latest);
        return true;
    }
    /** The operator's word: it ends a profile that it leaves no room for. False where an administrator of the host came first. */
    obey(orders) {
        this.orders = orders;
        if (this.foreign !== undefined)
            return false;
        if (this.isProfiling && !(0, override_1.fixesLimit)(orders))
            return true;
        this.profiler = this.profiler.end();
        this.chosen.change(this.best, this.latest);
        return true;
    }
    /** Takes note of an event; answers how the run ends, or undefined if it goes on. */
    see(event, reading, condition) {
        const before = this.latest;
        this.latest = reading;
        this.limitsHeld.add(this.selectableInForce, minus(reading, before));
        switch (event.kind) {
            case 'failed':
                return { outcome: event.failure, detail: event.detail, reachedEpochLimit: false };
            case 'progress':
                this.profile(reading, this.circumstances(event, before, condition));
                return undefined;
            case 'epoch':
                this.wholeEpochs = Math.max(this.wholeEpochs, event.epoch);
                if (reading.epochs > before.epochs)
                    this.profile(reading, this.circumstances(event, before, condition));
                else
                    this.evaluating = plus(this.evaluating, minus(reading, before));
                return this.endingAfter(event.epoch, event.metric, reading);
        }
    }
    /** Takes note of probes that ended at `now`; their time is kept out of the run's own average. */
    notice(probed, now) {
        this.probed = [...this.probed, ...probed];
        this.chosen.restart(now);
    }
    get outOfMemoryBatchSizes() {
        return this.probed.filter(({ outOfMemory }) => outOfMemory).map(({ batchSize }) => batchSize);
    }
    /** Everything measured so far. The average of the run so far replaces the window at the chosen limit. */
    measurements(now) {
        const probed = this.probed.map(({ measurement }) => measurement).filter((measurement) => measurement !== null);
        return [...this.profiled, ...probed, ...this.chosen.averages(now)];
    }
    /** The ending with what people should know of the limit. */
    remarked(ending) {
        if (this.foreign === undefined)
            return ending;
        const { uuid, watts } = this.foreign;
        const remark = `somebody else set the power limit of GPU ${uuid} to ${watts} W while it trained; that was left alone`;
        return { ...ending, detail: ending.detail === undefined ? remark : `${ending.detail}; ${remark}` };
    }
    /** By this name the limit in force is known to profiles. */
    get selectableInForce() {
        const inForce = this.inForceWatts ?? this.limitWatts;
        return (0, limitInForce_1.selectableFor)(this.limitWatts, inForce, this.plan.gpus.powerLimitsWatts);
    }
    /** A run that ended in the middle of its profile has not found the best limit: what it measured counts as probes. */
    get profiled() {
        const { measurements, isWhole } = this.profiler;
        if (!isWhole)
            return measurements.map((at) => ({ ...at, source: 'probe' }));
        return [...this.known.map((at) => ({ ...at, source: 'profile' })), ...measurements];
    }
    profilerBy(energy) {
        const { decision, gpus } = this.plan;
        const limitsWatts = decision.powerLimitWatts === null ? gpus.powerLimitsWatts : [];
        return (0, profile_1.createProfiler)({
            batchSize: decision.batchSize,
            limitsWatts,
            known: this.known,
            rules: profileWindow_1.windowRules[energy],
        });
    }
    circumstances(event, before, condition) {
        const wentBack = event.kind === 'progress' && event.epochs < before.epochs;
        const iterationsPerEpoch = event.kind === 'progress' ? event.iterationsPerEpoch : undefined;
        const { limitsWatts = [], heldBack = false, enforcedWatts = Infinity } = condition ?? {};
        const inForce = this.inForceWatts ?? this.limitWatts;
        const moved = limitsWatts.some((watts) => !(0, limits_1.isNear)(watts, inForce));
        const capped = enforcedWatts < inForce && !(0, limits_1.isNear)(enforcedWatts, inForce);
        return {
            disturbed: wentBack || heldBack || moved,
            iterationsPerEpoch,
            enforcedWatts: capped ? enforcedWatts : undefined,
        };
    }
    profile(reading, circumstances) {
        if (this.isProfiling)
            this.profiler = this.profiler.advance(minus(reading, this.evaluating), circumstances);
        this.choose();
        this.chosen.seen(reading);
    }
    /** Once there is nothing more to measure. */
    choose() {
        if (this.profiler.limitWatts !== undefined || this.chosen.watts !== undefined)
            return;
        this.chosen.choose(this.best);
    }
    /** The limit to hold by what is known, and by the operator's word. */
    get best() {
        const { decision, gpus } = this.plan;
        const all = this.limitProfile;
        const under = this.orders.eta ?? decision.objective.eta;
        const choose = (0, powerLimit_1.choosePowerLimit)(under, (0, cost_1.maxPowerWatts)(gpus), decision.pace);
        // Nothing can be measured where something else caps the GPUs below every limit.
        const unmeasured = decision.powerLimitWatts ?? Math.max(...gpus.powerLimitsWatts);
        const chosen = all.length === 0 ? unmeasured : choose(all).powerLimitWatts;
        return (0, override_1.limitUnder)(this.orders, chosen, gpus.powerLimitsWatts);
    }
    yieldTo(foreign) {
        this.foreign = foreign;
        this.chosen.change(foreign.watts, this.latest);
        this.chosen.restart(this.latest);
    }
    endingAfter(epoch, metric, reading) {
        const running = this.chosen.average(reading);
        return (0, ending_1.endingAfter)({ epoch, metric, wholeEpochs: this.wholeEpochs, reading, running }, this.plan);
    }
}
exports.Follower = Follower;
function plus(a, b) {
    return { epochs: a.epochs + b.epochs, seconds: a.seconds + b.seconds, joules: a.joules + b.joules };
}
function minus(a, b) {
    return { epochs: a.epochs - b.epochs, seconds: a.seconds - b.seconds, joules: a.joules - b.joules };
}
//# sourceMappingURL=follow.js.map