/**
 * `npm run test:pipelines`: what needs programs of PyPI and other registries, one part after the other; arguments name parts. Ends
 * with the line `N passed, N failed`.
 *
 * A part is `pipelines/<part>.mjs`. It exports `tests`, the paths of its suites in `test/pipelines/`, and `install()`, which obtains
 * what they need into `.wattbandit/` and answers the environment that tells them where it is; or `{ skipped: why }`, where it may be
 * missing.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { prepare, root } from './prepare.mjs';

const folder = join(root, 'scripts', 'pipelines');
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .toSorted();

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !all.includes(part));
const totals = { passed: 0, failed: 0 };
if (unknown.length > 0) {
  console.error(`Cannot test ${unknown.join(', ')}: the parts are ${all.join(', ')}.`);
  totals.failed = unknown.length;
} else {
  for (const part of wanted.length > 0 ? wanted : all) await testPart(part);
}
process.exitCode = totals.failed === 0 ? 0 : 1;
console.log(`${totals.passed} passed, ${totals.failed} failed`);

/** A part that cannot be prepared has failed. */
async function testPart(part) {
  console.error(`== ${part}`);
  try {
    await prepare();
    const { install, tests } = await import(`./pipelines/${part}.mjs`);
    const { skipped, ...env } = await install();
    if (skipped !== undefined) return console.error(`SKIPPED ${part}: ${skipped}`);
    const { passed, failed } = await jest(tests, env);
    totals.passed += passed;
    totals.failed += failed;
  } catch (error) {
    console.error(error);
    totals.failed += 1;
  }
}

async function jest(tests, env) {
  Object.assign(process.env, env);
  try {
    const paths = tests.map((path) => join(root, path));
    return await runJest(['--selectProjects', 'pipelines', '--runInBand', '--runTestsByPath', ...paths]);
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
}
