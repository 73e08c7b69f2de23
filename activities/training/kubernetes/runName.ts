/** What a run is called in the cluster: the same every time it is started. No I/O. */
import { createHash } from 'node:crypto';
import type { RunRequest } from '../trainer';

/** A TrainJob's pods add about 20 letters to it, and a host name takes 63. */
const longestSlug = 30;

/** A DNS label of at most 43 letters. Ids contain what labels must not; the hash keeps apart what looks alike then. */
export function runNameFor({ id, spec, node }: Pick<RunRequest, 'id' | 'spec' | 'node'>): string {
  const rank = node?.rank ?? 0;
  const hash = createHash('sha256').update(`${spec.job}/${id}/${rank}`).digest('hex').slice(0, 8);
  const slug = `${spec.job}-${id}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug);
  return `wb-${slug}-${hash}`.replaceAll(/-+/g, '-');
}
