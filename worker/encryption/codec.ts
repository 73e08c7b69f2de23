/**
 * Payloads sealed by AES-256-GCM before they leave the process. The envelope is the one of Temporal's own samples, so a codec in
 * another language reads it: 12 bytes of nonce, the encrypted payload with its metadata, 16 bytes of tag.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Field, MapField, Type } from 'protobufjs';
import { WattbanditError } from '../errors';
import type { EncryptionKey } from './keys';

const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** temporal.api.common.v1.Payload */
const payloadMessage = new Type('Payload')
  .add(new MapField('metadata', 1, 'string', 'bytes'))
  .add(new Field('data', 2, 'bytes'));

/**
 * The first key encrypts, each of them decrypts. What was never encrypted passes as it is: histories from before, and messages that
 * people send by hand. Without keys nothing is encrypted, and what is cannot be read.
 */
export function createEncryptionCodec(keys: readonly EncryptionKey[]): PayloadCodec {
  const [newest] = keys;
  return {
    encode: async (payloads) => (newest === undefined ? payloads : payloads.map((payload) => seal(payload, newest))),
    decode: async (payloads) => payloads.map((payload) => (isSealed(payload) ? unseal(payload, keys) : payload)),
  };
}

function seal(payload: Payload, { id, secret }: EncryptionKey): Payload {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, secret, nonce);
  const plain = payloadMessage.encode(payloadMessage.create(payload)).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(encoding), [keyIdField]: Buffer.from(id) }, data };
}

function isSealed({ metadata }: Payload): boolean {
  return text(metadata?.['encoding']) === encoding;
}

/** @throws WattbanditError `invalid` where the key is not known, or the payload is not what was encrypted with it */
function unseal({ metadata, data }: Payload, keys: readonly EncryptionKey[]): Payload {
  const id = text(metadata?.[keyIdField]);
  const key = keys.find((known) => known.id === id);
  if (key === undefined) throw unknownKey(id, keys);
  try {
    const { metadata: inner, data: content } = payloadMessage.toObject(payloadMessage.decode(opened(data, key)));
    return { metadata: inner, data: content };
  } catch (cause) {
    const fact = 'it was changed on its way, or encrypted with another key of this id';
    throw new WattbanditError('invalid', `Cannot decrypt a payload with key ${id}: ${fact}.`, { cause });
  }
}

function opened(data: Uint8Array | null | undefined, { secret }: EncryptionKey): Buffer {
  const bytes = Buffer.from(data ?? []);
  if (bytes.length < nonceBytes + tagBytes) throw new Error('too short');
  const decipher = createDecipheriv(algorithm, secret, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

function unknownKey(id: string, keys: readonly EncryptionKey[]): WattbanditError {
  const wanted = JSON.stringify(id.slice(0, 64));
  const known = keys.map((key) => key.id).join(', ');
  const fact =
    known === ''
      ? 'no keys are configured here; name a file that has them by --encryption or WATTBANDIT_ENCRYPTION, a worker’s by `encryption`'
      : `known here: ${known}; add it to encryption.keys`;
  return new WattbanditError('invalid', `Cannot decrypt a payload: it was encrypted with key ${wanted}, ${fact}.`);
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
