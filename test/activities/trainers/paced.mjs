/**
 * A trainer that takes its time: `<log> <milliseconds an epoch>`. It reports twenty times an epoch and reaches its target after
 * eight epochs. What it was told, and when it began and ended, stands in the log, a line of JSON each.
 */
import { appendFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [log, epochMs] = process.argv.slice(2);
const { WATTBANDIT_NODE_RANK: rank, WATTBANDIT_NODE_HOSTS: hosts, WATTBANDIT_GPU_UUIDS: gpus } = process.env;
const note = (what) =>
  appendFileSync(log, `${JSON.stringify({ what, atMs: Date.now(), rank, hosts, gpus, pid: process.pid })}\n`);
const report = (line) => rank === '0' && writeSync(3, `${JSON.stringify(line)}\n`);

process.once('SIGTERM', () => {
  note('end');
  process.exit(0);
});
note('begin');
const reportsPerEpoch = 20;
for (let n = 1; ; n++) {
  await sleep(Number(epochMs) / reportsPerEpoch);
  report({ type: 'progress', epochs: n / reportsPerEpoch });
  const epoch = n / reportsPerEpoch;
  if (Number.isInteger(epoch)) report({ type: 'epoch', epoch, metric: epoch / 8 });
}
