/** Job files: YAML to a validated job with every default filled in. */
import { type JobSpec, jobSpecSchema } from '../workflows/contracts';
import { parseYaml, readYamlFile } from './yamlFile';

/** @throws InvalidFile if the file cannot be read or is not a valid job */
export function readJobFile(file: string): Promise<JobSpec> {
  return readYamlFile(file, jobSpecSchema);
}

/** `file` only names the text in messages. @throws InvalidFile */
export function parseJobFile(text: string, file: string): JobSpec {
  return parseYaml(text, file, jobSpecSchema);
}
