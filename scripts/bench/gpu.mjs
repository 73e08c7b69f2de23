/**
 * The GPU side on pretended GPUs: every process killed ten times in every phase of a run, how exact windows are, what NVML costs
 * the worker, and what profiling costs a run. Takes a quarter of an hour; progress on stderr. Prints one JSON object:
 * `npm run bench:gpu`. `--kills N` kills N times in each phase.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compiled } from '../embedded.mjs';
import { prepare, root } from '../prepare.mjs';
import { profilingEnergy } from './gpuProfiling.mjs';
import { gpuWindows } from './gpuWindows.mjs';

const { values: options } = parseArgs({ options: { kills: { type: 'string', default: '10' } } });
const lanes = 3;

await prepare();
const require = createRequire(import.meta.url);
const windows = await gpuWindows();
const { measureReadMicros, measureStallMs } = require('../../test/support/nvmlCosts.ts');
const nvmlReadMicros = await measureReadMicros();
const eventLoopStallMs = await measureStallMs();

const { everyBlow, runFaults } = require('../../test/support/faults.ts');
const { obtainBinary } = compiled('worker/serverBinary');
const { path: binary } = await obtainBinary({ directory: join(root, '.wattbandit'), env: process.env });
const blows = everyBlow(Number(options.kills));
const tally = await runFaults(binary, blows, lanes, (said) => console.error(said));
const { kills, restored, totals } = tally;
console.error(`limits restored ${restored}/${kills}; told ${totals.told} = ${totals.counted} + ${totals.quarantined}`);

console.log(
  JSON.stringify({
    kills,
    restored,
    restoreP50Ms: quantile(tally.sentinelMs, 0.5),
    restoreP99Ms: quantile(tally.sentinelMs, 0.99),
    sentinelRestores: tally.sentinelMs.length,
    recoveredBeforePolling: `${tally.recovered}/${tally.recoveries}`,
    told: totals.told,
    counted: totals.counted,
    quarantined: totals.quarantined,
    openSlots: tally.openSlots,
    complaints: tally.complaints,
    ...windows,
    nvmlReadMicros,
    eventLoopStallMs,
    ...profilingEnergy(),
  }),
);
// The process trainers of the windows keep handles; all is measured.
process.exit(tally.complaints.length === 0 ? 0 : 1);

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
