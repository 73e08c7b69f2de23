/** What this package says of itself. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { packagedTraces } from '../config';

const manifest = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** Read when asked for: an `import` would make the compiler copy package.json into dist/, as a second package. */
export function packageManifest(): z.infer<typeof manifest> {
  const root = dirname(dirname(packagedTraces));
  return manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
}
