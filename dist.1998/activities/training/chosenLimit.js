"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ChosenLimit = void 0;
const profileWindow_1 = require("../gpu/profileWindow");
class ChosenLimit {
    batchSize;
    chosenWatts;
    /** The selectable limit that stands for the one in force. */
    heldWatts;
    since;
    earlier = [];
    constructor(batchSize, chosenWatts) {
        this.batchSize = batchSize;
        this.chosenWatts = chosenWatts;
    }
    /** Undefined until one is chosen. */
    get watts() {
        return this.chosenWatts;
    }
    /** Under what name the limit in force is measured. */
    get finalWatts() {
        return this.chosenWatts === undefined ? undefined : (this.heldWatts ?? this.chosenWatts);
    }
    choose(watts) {
        this.chosenWatts = watts;
    }
    /** Another one from now on; what was held until the latest reading keeps its average. */
    change(watts, latest) {
        if (watts === this.chosenWatts)
            return;
        const average = this.average(latest);
        if (average !== undefined)
            this.earlier = [...this.earlier, average];
        this.chosenWatts = watts;
        this.heldWatts = undefined;
        // Counted from the first report under it.
        this.since = undefined;
    }
    held(watts) {
        this.heldWatts = watts;
    }
    /** The first reading under it, of those that come one after the other. */
    seen(reading) {
        if (this.chosenWatts !== undefined)
            this.since ??= reading;
    }
    /** What came before this reading does not count, as when probes took their time. */
    restart(reading) {
        this.since = reading;
    }
    average(now) {
        if (this.since === undefined || this.finalWatts === undefined)
            return undefined;
        const of = { batchSize: this.batchSize, powerLimitWatts: this.finalWatts, source: 'run' };
        return (0, profileWindow_1.measurementBetween)(this.since, now, of);
    }
    /** By limit, the one in force last. */
    averages(now) {
        const average = this.average(now);
        return average === undefined ? this.earlier : [...this.earlier, average];
    }
}
exports.ChosenLimit = ChosenLimit;
//# sourceMappingURL=chosenLimit.js.map