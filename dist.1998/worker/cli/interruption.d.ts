/** Aborted by the first signal, whose name is the reason; a second one ends the process at once. */
export declare function interruption(): AbortSignal;
/** Keeps the process alive until then. */
export declare function untilAborted(signal: AbortSignal): Promise<void>;
//# sourceMappingURL=interruption.d.ts.map