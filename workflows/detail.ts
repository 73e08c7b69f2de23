/** What went wrong, for people. */
import { rootCause } from '@temporalio/common';
import { longestDetail } from './messages';

/** The innermost cause says what happened; the failures around it say where. */
export function detailOf(error: unknown): string {
  return (rootCause(error) ?? String(error)).slice(0, longestDetail);
}
