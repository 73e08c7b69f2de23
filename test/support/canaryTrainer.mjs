/** Trains in a moment, if it has the secret that it is to have and no other: `<name of that> <name of another>`. Else it fails. */
import { writeSync } from 'node:fs';

const [wanted, foreign] = process.argv.slice(2);
if (process.env[wanted] === undefined || process.env[foreign] !== undefined) {
  console.error('cannot log in');
  process.exit(1);
}
for (const epoch of [1, 2, 3]) writeSync(3, `${JSON.stringify({ type: 'epoch', epoch, metric: epoch / 3 })}\n`);
