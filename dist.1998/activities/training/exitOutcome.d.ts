import type { FailureClass } from '../../policy/facts';
export interface Exit {
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    /** The last epoch that it evaluated; 0 for none. */
    readonly epoch: number;
    readonly stderr: string;
    readonly stdout: string;
}
export interface Failure {
    readonly failure: FailureClass;
    readonly detail: string;
}
export declare function failureFor(exit: Exit): Failure;
//# sourceMappingURL=exitOutcome.d.ts.map