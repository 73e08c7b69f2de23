/** Reading back what a policy once remembered: only what this version wrote, and never a new beginning in silence. */
interface Versioned {
    readonly version: number;
}
/** `Memory` names a version; a memory of another shape, or of a version not known here, stops the job instead of misleading it. */
export declare function recallVersion<Memory extends Versioned>(policy: string, known: Memory, stored: unknown): Memory;
export {};
//# sourceMappingURL=recall.d.ts.map