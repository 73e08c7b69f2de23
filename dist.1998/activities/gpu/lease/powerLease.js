"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.PowerLease = void 0;
const errors_1 = require("./errors");
const journal_1 = require("./journal");
const limits_1 = require("./limits");
const restore_1 = require("./restore");
class PowerLease {
    #grounds;
    #journals = new Map();
    #last = Promise.resolve();
    #ended = false;
    constructor(grounds) {
        this.#grounds = grounds;
    }
    get uuids() {
        return this.#grounds.uuids;
    }
    /** Of every GPU, what its limit was and what it was to be; without a prior limit where nothing was changed. */
    get changes() {
        return this.uuids.map((uuid) => {
            const journal = this.#journals.get(uuid);
            return { uuid, priorWatts: journal?.originalWatts, setWatts: journal?.oursWatts ?? [] };
        });
    }
    /** Sets one limit on all GPUs, or on none. */
    setPowerLimit(watts) {
        return this.#inTurn(() => this.#set(watts));
    }
    /** For the one who opened the lease. Restores what was changed and refuses changes from now on. */
    end() {
        this.#ended = true;
        const { driver, directory } = this.#grounds;
        return this.#inTurn(() => Promise.all([...this.#journals.values()].map((one) => (0, restore_1.settle)({ directory, driver }, one))));
    }
    #inTurn(step) {
        const mine = this.#last.then(step);
        this.#last = mine.catch(() => { });
        return mine;
    }
    async #set(watts) {
        const { driver, range, uuids } = this.#grounds;
        const gpus = `GPUs ${uuids.join(', ')}`;
        if (this.#ended)
            throw new Error(`Cannot set the power limit of ${gpus} to ${watts} W: the lease has ended.`);
        if (!Number.isFinite(watts))
            throw new Error(`Cannot set the power limit of ${gpus} to ${watts} W: not a number.`);
        const wanted = (0, limits_1.clamp)(watts, range);
        const before = await Promise.all(uuids.map(async (uuid) => ({ uuid, watts: await driver.powerLimitWatts(uuid) })));
        const moved = before.find((limit) => this.#isForeign(limit));
        if (moved !== undefined)
            return { kind: 'foreign', ...moved };
        if (before.every((limit) => (0, limits_1.isSame)(limit.watts, wanted)))
            return { kind: 'set', watts: wanted };
        // All have to come to an end: a write that is still under way would outlive the lease.
        const written = await Promise.allSettled(before.map((limit) => this.#journal(limit, wanted)));
        const failure = written.find((write) => write.status === 'rejected');
        if (failure !== undefined)
            throw failure.reason;
        return { kind: 'set', watts: await (0, limits_1.setAll)(driver, before, wanted) };
    }
    #isForeign({ uuid, watts }) {
        const journal = this.#journals.get(uuid);
        if (journal === undefined || (0, limits_1.isSame)(watts, journal.originalWatts))
            return false;
        return !journal.oursWatts.some((ours) => (0, limits_1.isNear)(ours, watts));
    }
    async #journal({ uuid, watts: current }, wanted) {
        const { directory, write } = this.#grounds;
        const known = this.#journals.get(uuid) ?? this.#firstJournal(uuid, current);
        if (known.oursWatts.includes(wanted))
            return;
        const next = { ...known, oursWatts: [...known.oursWatts, wanted] };
        // Known from here on, because a write that fails may have left a file; ours only once it is on disk.
        this.#journals.set(uuid, known);
        try {
            await write((0, journal_1.journalPath)(directory, uuid), (0, journal_1.textOf)(next));
        }
        catch (error) {
            throw new Error(`Cannot set the power limit of GPU ${uuid} to ${wanted} W: its journal in ${directory} cannot be written, ${(0, errors_1.reasonOf)(error)}`, { cause: error });
        }
        this.#journals.set(uuid, next);
    }
    #firstJournal(uuid, originalWatts) {
        const { holder, bootId } = this.#grounds;
        return { version: 1, uuid, bootId, originalWatts, oursWatts: [], ...holder };
    }
}
exports.PowerLease = PowerLease;
//# sourceMappingURL=powerLease.js.map