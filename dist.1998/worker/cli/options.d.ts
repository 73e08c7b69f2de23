import type { PerJob } from '../../simulation/traceJobs';
import type { SecretReference } from '../encryption/secret';
export declare function wholeNumber(text: string): number;
export declare function finiteNumber(text: string): number;
export declare function positiveNumber(text: string): number;
export declare function ratio(text: string): number;
/** 0 for a free one. */
export declare function port(text: string): number;
export declare function secretReference(text: string): SecretReference;
/** Values between commas, each once. */
export declare function list(text: string): readonly string[];
/** A slot, written in any way that names an instant. */
export declare function slot(text: string): string;
/** An instant of a calendar: a day begins in UTC, and a time needs its zone, for a report must be the same everywhere. */
export declare function instant(text: string): string;
/** A duration, in seconds. */
export declare function seconds(text: string): number;
/** One value for all jobs, or one for each job named: `0.6`, `cifar100=0.6`. */
export declare function perJob(text: string, earlier: PerJob | undefined): PerJob;
//# sourceMappingURL=options.d.ts.map