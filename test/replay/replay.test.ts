import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { WattbanditPlugin } from '../../worker/plugin';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const corpus = join(__dirname, 'histories');
const versions = readdirSync(corpus);
const recorded = versions.flatMap((version) => readdirSync(join(corpus, version)).map((file) => join(version, file)));
const historyIn = (file: string): unknown => JSON.parse(readFileSync(join(corpus, file), 'utf8'));

const replay = (histories: readonly { workflowId: string; history: unknown }[]) =>
  Worker.runReplayHistories({ plugins: [new WattbanditPlugin()] }, histories);

describe('the workflows of this version', () => {
  it('replay every history that was ever recorded', async () => {
    expect(recorded.length).toBeGreaterThan(0);
    const failures: string[] = [];
    let replayed = 0;
    for await (const { workflowId, error } of replay(
      recorded.map((file) => ({ workflowId: file, history: historyIn(file) })),
    )) {
      replayed += 1;
      if (error !== undefined) failures.push(`${workflowId}: ${error.message}`);
    }
    expect(failures).toEqual([]);
    expect(replayed).toBe(recorded.length);
  });

  it('do not replay a history that another workflow wrote: the check above can fail', async () => {
    const foreign = JSON.stringify(
      historyIn(recorded.find((file) => file.includes('recurrence-converged'))!),
    ).replaceAll('"claimGpus"', '"seizeGpus"');
    for await (const { error } of replay([{ workflowId: 'foreign', history: JSON.parse(foreign) }])) {
      expect(error).toBeDefined();
    }
  });
});
