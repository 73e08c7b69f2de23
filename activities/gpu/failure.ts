/** GPU errors in Temporal's terms: what waiting may mend is tried again, the rest is not. */
import { ApplicationFailure } from '@temporalio/common';
import { failureTypes } from '../../workflows/contracts';
import { GpuError, type GpuErrorKind } from './error';

const passing: readonly GpuErrorKind[] = ['lost', 'unavailable'];

/** @throws ApplicationFailure `UnsuitableHost` instead of a GpuError that lasts */
export async function failureForGpus<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GpuError) || passing.includes(error.kind)) throw error;
    throw ApplicationFailure.create({
      message: error.message,
      type: failureTypes.unsuitableHost,
      nonRetryable: true,
      cause: error,
    });
  }
}
