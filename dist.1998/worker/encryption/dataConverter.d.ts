/** How workers and clients put values into Temporal: encrypted if keys are configured. */
import type { DataConverter } from '@temporalio/common';
import type { EncryptionConfig } from './config';
/** For `bundleWorkflowCode`: a bundle made without it leaves the messages of workflow failures in the clear. */
export declare const failureConverterPath: string;
/**
 * For `Worker.create` and `new Client` alike. Keys are read now, once. Without a configuration nothing is encrypted, and what somebody
 * else encrypted is refused by name instead of misread.
 * @throws WattbanditError `invalid` if a key is missing or is no key
 */
export declare function dataConverterFor(encryption?: EncryptionConfig): Promise<DataConverter>;
//# sourceMappingURL=dataConverter.d.ts.map