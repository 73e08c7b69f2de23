import type { Source } from './rows';
/** What the file leaves out: it is of one batch size, and counts steps instead of epochs. */
export interface ProfiledRun {
    readonly batchSize: number;
    /** In each window; Zeus's default is 40. */
    readonly profileSteps: number;
    readonly stepsPerEpoch: number;
}
/** @throws WattbanditError */
export declare function readZeusProfile(file: string, run: ProfiledRun): Promise<Source>;
//# sourceMappingURL=zeusProfile.d.ts.map