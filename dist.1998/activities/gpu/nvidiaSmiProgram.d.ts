export interface NvidiaSmiProgram {
    readonly program: string;
    readonly timeoutSeconds: number;
}
/** Resolves to what it printed, if it exited with 0. */
export declare function runNvidiaSmi({ program, timeoutSeconds }: NvidiaSmiProgram, args: readonly string[]): Promise<string>;
/** Undefined where the hardware has no such value: all other failures stand in brackets too, and the program exits with 0. */
export declare function wattsIn(cell: string): number | undefined;
export declare function onOrOff(cell: string): boolean | undefined;
//# sourceMappingURL=nvidiaSmiProgram.d.ts.map