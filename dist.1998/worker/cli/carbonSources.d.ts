import { type SourceDescription } from '../../activities/carbon/sourceDescription';
import type { Output } from './output';
/** Without a configuration it is looked whether secrets are where they usually are. */
export declare function listSources(output: Output, configured: SourceDescription | undefined): Promise<void>;
//# sourceMappingURL=carbonSources.d.ts.map