/** `npm test`: prepares the clone, runs jest with the arguments given, and ends with the line `N passed, N failed`. */
import { runJest } from './jest.mjs';
import { prepare } from './prepare.mjs';

let totals = { passed: 0, failed: 1 };
try {
  await prepare();
  totals = await runJest(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
}
process.exitCode = totals.failed === 0 ? 0 : 1;
console.log(`${totals.passed} passed, ${totals.failed} failed`);
