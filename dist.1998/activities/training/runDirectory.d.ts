import type { RunRequest } from './trainer';
type RunName = Pick<RunRequest, 'id' | 'spec' | 'node'>;
/** Ids contain what file names must not; the hash keeps apart what looks alike then. */
export declare function runDirectory(directory: string, { id, spec, node }: RunName): string;
/** One for all hosts of a run that share a disk. */
export declare function checkpointDirectory(directory: string, { id, spec }: RunName): string;
/** Keeps `current` and every run that is claimed, however old. */
export declare function forgetOldRuns(current: string): Promise<void>;
/**
 * Ends the trainers of workers that are gone. For the start of a worker, before it takes work; what another worker of this
 * host trains goes on.
 */
export declare function endOrphans(directory: string): Promise<void>;
export {};
//# sourceMappingURL=runDirectory.d.ts.map