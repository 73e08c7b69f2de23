/** One probe at a time: the request goes to the trainer, its answer or its end comes back. */
import type { Writable } from 'node:stream';
import type { Failure } from './exitOutcome';
import type { Probe } from './trainer';
import type { Probed } from './trainerLines';
export declare class ProbeDesk {
    private pending;
    private requests;
    /** Whether anybody said that probes may be asked for. */
    get isOpen(): boolean;
    /** Requests go to `requests` from now on. */
    open(requests: Writable): void;
    /** Seconds are measured here, from the request to its answer; only the time of an epoch is the trainer's word. */
    probe(batchSize: number): Promise<Probe>;
    /** False for an answer to nothing that was asked. */
    answer(probed: Probed): boolean;
    /**
     * The trainer ended. If it ran out of memory in a probe, that is the answer; the size that it trained at is not to blame.
     */
    end(failure: Failure): Failure;
    private ask;
}
//# sourceMappingURL=probeDesk.d.ts.map