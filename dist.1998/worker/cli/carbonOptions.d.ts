/** How commands come by a carbon or price source: flags, or a worker's configuration. */
import { type Command } from 'commander';
import { type SourceDescription } from '../../activities/carbon/sourceDescription';
/** Flags are named as the keys of a description, but for these. */
export interface CarbonOptions {
    readonly config?: string;
    readonly source?: string;
}
export declare function addCarbonOptions(command: Command): Command;
/**
 * A wrong flag is a usage error.
 * @throws WattbanditError `invalid` for a configuration without a carbon section
 */
export declare function describedSource(options: CarbonOptions, command: Command): Promise<SourceDescription>;
//# sourceMappingURL=carbonOptions.d.ts.map