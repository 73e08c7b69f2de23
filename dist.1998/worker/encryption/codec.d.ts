/**
 * Payloads sealed by AES-256-GCM before they leave the process. The envelope is the one of Temporal's own samples, so a codec in
 * another language reads it: 12 bytes of nonce, the encrypted payload with its metadata, 16 bytes of tag.
 */
import type { PayloadCodec } from '@temporalio/common';
import type { EncryptionKey } from './keys';
/**
 * The first key encrypts, each of them decrypts. What was never encrypted passes as it is: histories from before, and messages that
 * people send by hand. Without keys nothing is encrypted, and what is cannot be read.
 */
export declare function createEncryptionCodec(keys: readonly EncryptionKey[]): PayloadCodec;
//# sourceMappingURL=codec.d.ts.map