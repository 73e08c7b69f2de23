/** The last resort: a worker that ends without stopping its trainers, on an uncaught error say, takes them along. */
/** `pid` leads a process group of its own. */
export declare function killAtExit(pid: number): void;
export declare function forgetAtExit(pid: number): void;
//# sourceMappingURL=exitHook.d.ts.map