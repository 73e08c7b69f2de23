/**
 * Writes the log of a simulated job, for examples: `node scripts/recordLog.mjs <file>`. It runs on a server of its own, with an operator
 * who weighs energy more for a while.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cifar, hour, onServer, simulatedHardware } from './embedded.mjs';
import { root } from './prepare.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/recordLog.mjs <file>');
const recurrences = 48;

await onServer({ 'limit.historyCount.suggestContinueAsNew': 400 }, async ({ address, withWorker }) => {
  const spec = cifar({ job: 'retrain', batchSizes: [64, 128, 256, 512, 1024, 2048], lease: '1h' });
  await withWorker({ ...simulatedHardware(), overrides: { allowUnsigned: true } }, async (jobs) => {
    await jobs.create(spec, { paused: true });
    for (let n = 0; n < recurrences; n++) {
      if (n === 20)
        await jobs.setOverride('retrain', { order: { kind: 'eta', eta: 0.9 }, reason: 'heat wave', who: 'ann' });
      if (n === 26) await jobs.clearOverride('retrain', { reason: 'it is over', who: 'ann' });
      await (await jobs.startRecurrence(spec, hour(n))).result();
    }
  });
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const args = ['job', 'export', 'retrain', '--out', file, '--anonymise', '--address', address];
  execFileSync(process.execPath, [main, ...args], { stdio: 'inherit' });
});
