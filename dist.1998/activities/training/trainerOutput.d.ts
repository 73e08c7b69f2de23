import type { Readable } from 'node:stream';
/** Read to its end, whatever the trainer prints and whether or not the disk takes it. */
export declare class TrainerOutput {
    private readonly log;
    /** Once all is read. */
    readonly done: Promise<void>;
    private tail;
    constructor(stream: Readable, log: OutputLog);
    get lastWords(): string;
    /** Waits for the file before it reads on, so that a flood fills the pipe and not the memory. */
    private read;
}
/** `<path>` holds the latest output, `<path>.1` what came before. A full disk loses output, never a run. */
export declare class OutputLog {
    private readonly path;
    private file;
    private bytes;
    private turn;
    constructor(path: string);
    write(chunk: Buffer): Promise<void>;
    close(): Promise<void>;
    private rotate;
    private inTurn;
}
//# sourceMappingURL=trainerOutput.d.ts.map