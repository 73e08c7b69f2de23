/** Source errors in Temporal's terms: what waiting may mend is tried again, the rest is not. */
import { ApplicationFailure } from '@temporalio/common';
import { failureTypes } from '../../workflows/contracts';
import { SourceError, mayPass } from './error';

/** @throws ApplicationFailure instead of a SourceError that lasts: `UnsuitableHost` for credentials, else `InvalidRequest` */
export async function failureForSource<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError) || mayPass(error)) throw error;
    const type = error.kind === 'forbidden' ? failureTypes.unsuitableHost : failureTypes.invalidRequest;
    throw ApplicationFailure.create({ message: error.message, type, nonRetryable: true });
  }
}
