/**
 * Moves messages and stacks of failures into a payload, where the codec encrypts them. Temporal loads this file by its path, into the
 * worker and into the workflow sandbox: it imports nothing that does not run there.
 */
import { DefaultFailureConverter } from '@temporalio/common';
export declare const failureConverter: DefaultFailureConverter;
//# sourceMappingURL=failureConverter.d.ts.map