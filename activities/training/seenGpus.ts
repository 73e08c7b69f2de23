/** Whether a run sees the GPUs that were claimed for it: others would be trained on without a limit and without a meter. No I/O. */
import { printable } from './printable';

/** What is wrong, if anything is. */
export function foreignGpus(claimed: readonly string[], seen: readonly string[]): string | undefined {
  if (seen.length === claimed.length && claimed.every((uuid) => seen.includes(uuid))) return undefined;
  return `it sees GPUs ${seen.map(printable).join(', ') || 'none'}, but ${claimed.join(', ')} were claimed; see docs/kubernetes.md`;
}
