/** `npm test`: prepares the clone, runs jest with the arguments given, and ends with the line `N passed, N failed`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { prepare, root } from './prepare.mjs';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-test-'));
const results = join(directory, 'results.json');
let code = 1;
try {
  await prepare();
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  code = await runChild([jest, '--rootDir', root, ...process.argv.slice(2), '--json', '--outputFile', results]);
} catch (error) {
  console.error(error.message);
}
const totals = count();
rmSync(directory, { recursive: true, force: true });
process.exitCode = totals.failed > 0 ? code || 1 : code;
console.log(`${totals.passed} passed, ${totals.failed} failed`);

/** A suite that could not run, a runner that died and a run without tests are failures too. */
function count() {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed === 0 && (code !== 0 || numPassedTests === 0) ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
