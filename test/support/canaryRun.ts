/** Plants secrets wherever one is taken, uses each and has each refused, and looks for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Canaries } from './canaries';
import { useEncryptedSecrets } from './canaryEncrypted';
import { usePlainSecrets } from './canaryPlain';

export async function lookForSecrets(address: string): Promise<Canaries> {
  const canaries = new Canaries();
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-canaries-'));
  try {
    await usePlainSecrets(canaries, address, directory);
    await useEncryptedSecrets(canaries, address, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return canaries;
}
