import { type GridMemory } from '../../policy/gridMemory';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import type { AskRequest, Facts } from '../../workflows/messages';
import type { GridView } from './gridWatch';
/** The memory with what the host tells now and what runs told since. */
export declare function gridMemoryOf({ spec, grid, since }: Facts, view: GridView): GridMemory;
export interface GridQuestion {
    readonly spec: JobSpec;
    readonly carbon: NonNullable<JobSpec['carbon']>;
    readonly request: AskRequest;
    readonly view: GridView;
    readonly memory: GridMemory;
}
/** `decideAt` decides under an η. */
export declare function decideUnderGrid(question: GridQuestion, decideAt: (eta: number) => Decision): Decision;
//# sourceMappingURL=underGrid.d.ts.map