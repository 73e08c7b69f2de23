/**
 * How exact 5 s windows are on pretended GPUs under waves of load, as 95th percentiles of relative errors, and what share of a
 * core it takes to poll 8 GPUs at 10 Hz. Run by itself, it prints one JSON object.
 */
import { createRequire } from 'node:module';
import { prepare } from '../prepare.mjs';

const require = createRequire(import.meta.url);

export async function gpuWindows() {
  // oxlint-disable-next-line import/no-unassigned-import -- it is there for what it does to `require`
  require('../../test/support/register.js');
  const { measureSamplingShare, measureWindowErrors } = require('../../test/support/gpuWindows.ts');
  const errors = await measureWindowErrors();
  return { ...errors, samplingShare: await measureSamplingShare() };
}

if (process.argv[1] === import.meta.filename) {
  await prepare();
  console.log(JSON.stringify(await gpuWindows()));
}
