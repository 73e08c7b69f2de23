/**
 * A trainer that reaches its target when it is let: `<log> <gate>`. It trains seven of eight epochs and the last one when the file
 * `gate` is there. When it began and ended stands in the log, a line of JSON each.
 */
import { appendFileSync, existsSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [log, gate] = process.argv.slice(2);
const note = (what) => appendFileSync(log, `${JSON.stringify({ what, pid: process.pid })}\n`);
const report = (epoch) => writeSync(3, `${JSON.stringify({ type: 'epoch', epoch, metric: epoch / 8 })}\n`);

process.once('SIGTERM', () => {
  note('end');
  process.exit(0);
});
note('begin');
for (let epoch = 1; epoch < 8; epoch++) {
  await sleep(20);
  report(epoch);
}
while (!existsSync(gate)) await sleep(20);
report(8);
setInterval(() => {}, 1000);
