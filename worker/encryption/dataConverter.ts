/** How workers and clients put values into Temporal: encrypted if keys are configured. */
import type { DataConverter } from '@temporalio/common';
import { createEncryptionCodec } from './codec';
import type { EncryptionConfig } from './config';
import { loadKeys } from './keys';

/** For `bundleWorkflowCode`: a bundle made without it leaves the messages of workflow failures in the clear. */
export const failureConverterPath = require.resolve('./failureConverter');

/**
 * For `Worker.create` and `new Client` alike. Keys are read now, once. Without a configuration nothing is encrypted, and what somebody
 * else encrypted is refused by name instead of misread.
 * @throws WattbanditError `invalid` if a key is missing or is no key
 */
export async function dataConverterFor(encryption?: EncryptionConfig): Promise<DataConverter> {
  if (encryption === undefined) return { payloadCodecs: [createEncryptionCodec([])] };
  return { payloadCodecs: [createEncryptionCodec(await loadKeys(encryption))], failureConverterPath };
}
