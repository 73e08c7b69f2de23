"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ProbeDesk = void 0;
class ProbeDesk {
    pending;
    requests;
    /** Whether anybody said that probes may be asked for. */
    get isOpen() {
        return this.requests !== undefined;
    }
    /** Requests go to `requests` from now on. */
    open(requests) {
        this.requests = requests;
    }
    /** Seconds are measured here, from the request to its answer; only the time of an epoch is the trainer's word. */
    async probe(batchSize) {
        const beganMs = performance.now();
        const found = await this.ask(batchSize);
        const seconds = (performance.now() - beganMs) / 1000;
        if (found === 'ended')
            return { kind: 'ended' };
        if (found.refused === true)
            return { kind: 'refused', seconds };
        const { secondsPerEpoch } = found;
        return secondsPerEpoch === null ? { kind: 'outOfMemory', seconds } : { kind: 'timed', seconds, secondsPerEpoch };
    }
    /** False for an answer to nothing that was asked. */
    answer(probed) {
        if (this.pending?.batchSize !== probed.batchSize)
            return false;
        this.pending.answer(probed);
        this.pending = undefined;
        return true;
    }
    /**
     * The trainer ended. If it ran out of memory in a probe, that is the answer; the size that it trained at is not to blame.
     */
    end(failure) {
        const { pending } = this;
        this.pending = undefined;
        if (pending === undefined)
            return failure;
        pending.answer(failure.failure === 'outOfMemory' ? { secondsPerEpoch: null } : 'ended');
        const detail = `while batch size ${pending.batchSize} was probed, ${failure.detail}`;
        return { failure: failure.failure === 'outOfMemory' ? 'infrastructure' : failure.failure, detail };
    }
    async ask(batchSize) {
        if (this.pending !== undefined)
            throw new Error(`Cannot probe ${batchSize}: ${this.pending.batchSize} is being probed.`);
        return new Promise((resolve) => {
            this.pending = { batchSize, answer: resolve };
            this.requests?.write(`${JSON.stringify({ type: 'probe', batchSize })}\n`);
        });
    }
}
exports.ProbeDesk = ProbeDesk;
//# sourceMappingURL=probeDesk.js.map