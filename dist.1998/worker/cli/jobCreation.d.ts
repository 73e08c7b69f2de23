import type { Session } from './session';
interface CreateOptions {
    readonly paused?: boolean;
    readonly taskQueue?: string;
}
/** All files are read before anything is created; if one job cannot be, those created for it go again. */
export declare function createJobs(session: Session, files: readonly string[], options: CreateOptions): Promise<void>;
export {};
//# sourceMappingURL=jobCreation.d.ts.map