/** A job that is not there, or no more: what Temporal says then, and what we say. */
import { QueryRejectedError, ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { WattbanditError } from '../errors';

export function unknownJob(job: string): WattbanditError {
  return new WattbanditError('notFound', `Cannot find job ${job}; \`wattbandit job list\` shows the jobs there are.`);
}

/** @throws WattbanditError `notFound` if what `call` speaks to is gone */
export async function orUnknown<T>(job: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isGone(error) ? unknownJob(job) : error;
  }
}

/** Undefined if what `call` speaks to is gone. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return [ScheduleNotFoundError, WorkflowNotFoundError, QueryRejectedError].some((gone) => error instanceof gone);
}
