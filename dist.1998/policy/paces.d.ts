/** How slow an epoch of each batch size may be, so that the run keeps the slow-down bound and the deadline. */
import type { EpochBelief } from './epochs';
import type { Job, Objective } from './facts';
import { type Gaussian } from './gaussianProcess';
import type { Measurements } from './measurements';
import type { Parameters } from './parameters';
import type { Pace } from './powerLimit';
export interface Paces {
    /** By index of the grid. */
    readonly paces: readonly Pace[];
    /** The longest run that the slow-down bound allows; null without one, or while no epochs are known. */
    readonly slowdownSeconds: number | null;
}
/** Before any run converged, epochs are unknown: then only the speed of an epoch can be bounded. */
export declare function pacesOfFirstRun({ maxSlowdown, deadlineSeconds }: Objective, { grid }: Measurements): Paces;
interface Basis {
    readonly job: Job;
    readonly objective: Objective;
    readonly measurements: Measurements;
    readonly epochs: EpochBelief;
    /** ln seconds per epoch at maximum power. */
    readonly fullSpeed: Gaussian;
    readonly parameters: Parameters;
}
/** The stricter of both bounds; where no limit keeps it, a run goes as fast as it can, so the deadline wins. */
export declare function pacesFor(basis: Basis): Paces;
export {};
//# sourceMappingURL=paces.d.ts.map