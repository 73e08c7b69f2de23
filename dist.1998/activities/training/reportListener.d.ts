/** Reads what trainers report, at a pace that leaves the worker time for its other work: a flood stays in the trainer's pipe. */
import type { Readable, Writable } from 'node:stream';
import { type Line } from './lineCutter';
import type { Said } from './trainerLines';
export interface ReportEars {
    /** What a line says, now. */
    read(line: Line): readonly Said[];
    /** `requests` leads to whoever said it. */
    hear(said: Said, requests: Writable): void;
}
export declare class ReportListener {
    private readonly ears;
    private readonly reading;
    private closed;
    constructor(ears: ReportEars);
    /** Until the end of `reports`. */
    listen(reports: Readable, requests: Writable): Promise<void>;
    /** Once everything that was being read has ended. */
    done(): Promise<void>;
    /** Whatever is still said does not count. */
    close(): void;
    private hearAll;
    private hear;
}
//# sourceMappingURL=reportListener.d.ts.map