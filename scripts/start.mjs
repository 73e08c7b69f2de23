/** `npm start`: from a fresh clone to the demonstration, with nothing but Node. */
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { prepare, root } from './prepare.mjs';

try {
  await prepare();
  process.exitCode = await runChild([join(root, 'dist', 'worker', 'cli', 'main.js'), 'demo', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
