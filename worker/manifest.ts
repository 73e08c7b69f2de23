/** What this package says of itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from './packaged';

const manifest = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** Read when asked for: an `import` would make the compiler copy package.json into dist/, as a second package. */
export function packageManifest(): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')));
}
