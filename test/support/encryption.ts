/** Encryption keys of a test, in files, and the configuration that names them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncryptionConfig } from '../../worker/encryption/config';

export interface TestKeys {
  readonly config: EncryptionConfig;
  /** A file for `--encryption`. */
  readonly file: string;
  /** The keys themselves, in base64: what may appear nowhere. */
  readonly secrets: readonly string[];
}

/** The first one is the newest. */
export function testKeys(...ids: readonly string[]): TestKeys {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-encryption-'));
  const secrets = ids.map(() => randomBytes(32).toString('base64'));
  const keys = ids.map((id, index) => {
    const file = join(directory, id);
    writeFileSync(file, `${secrets[index]}\n`, { mode: 0o600 });
    return { id, key: { file } };
  });
  const file = join(directory, 'encryption.yaml');
  const lines = keys.map(({ id, key }) => `    - { id: ${id}, key: { file: ${JSON.stringify(key.file)} } }\n`);
  writeFileSync(file, `version: 1\nencryption:\n  keys:\n${lines.join('')}`);
  return { config: { keys }, file, secrets };
}
