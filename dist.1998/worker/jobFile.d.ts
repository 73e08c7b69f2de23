/** Job files: YAML to a validated job with every default filled in. */
import { type JobSpec } from '../workflows/contracts';
/** @throws InvalidFile if the file cannot be read or is not a valid job */
export declare function readJobFile(file: string): Promise<JobSpec>;
/** `file` only names the text in messages. @throws InvalidFile */
export declare function parseJobFile(text: string, file: string): JobSpec;
//# sourceMappingURL=jobFile.d.ts.map