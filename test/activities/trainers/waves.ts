/**
 * A trainer that loads a pretended GPU: `<directory of the host> <uuid> <seconds an iteration at full speed>`. Each iteration
 * computes for 0.7 of its time; how long it takes follows from the limit in force. It reports at iterations, four times a second.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openNvmlHost } from '../../support/nvmlStub';

const [directory = '', uuid = '', seconds = ''] = process.argv.slice(2);
const iterationSeconds = Number(seconds);
const iterationsPerEpoch = 1000;
const reportSeconds = 0.25;

async function train(): Promise<void> {
  const host = openNvmlHost(directory);
  host.setLoad(uuid, 1, { periodSeconds: iterationSeconds, duty: 0.7 });
  let next = performance.now() / 1000;
  let reported = next;
  for (let iteration = 1; ; iteration++) {
    next += iterationSeconds / host.truth(uuid).throughput;
    await sleep(Math.max(0, next * 1000 - performance.now()));
    if (next - reported < reportSeconds) continue;
    reported = next;
    writeSync(3, `${JSON.stringify({ type: 'progress', iteration, iterationsPerEpoch })}\n`);
  }
}

void train();
