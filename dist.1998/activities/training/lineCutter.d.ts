/** Cuts a stream of bytes into lines within a fixed amount of memory. */
export interface Line {
    /** The line without its end; of one that is too long, the beginning. */
    readonly text: string;
    readonly tooLong: boolean;
}
export declare class LineCutter {
    private readonly maxBytes;
    private readonly held;
    private used;
    private bytes;
    constructor(maxBytes: number);
    /** The lines that end in `chunk`. */
    push(chunk: Buffer): readonly Line[];
    /** What came after the last line end: a writer that died need not have finished its line. */
    end(): readonly Line[];
    private keep;
    private cut;
}
//# sourceMappingURL=lineCutter.d.ts.map