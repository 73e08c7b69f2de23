/** `job create --shadow`, `promote` and `demote` at the command line, on a real server. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { buildCli, runCli } from '../support/cli';
import { testAddress } from '../support/temporal';
import { temporaryFile } from '../support/zeusDatabase';

beforeAll(buildCli, 120_000);

const jobFile = (job: string) => `version: 1
job: ${job}
batchSizes: [256, 512, 1024]
defaultBatchSize: 1024
maxEpochs: 100
target: { metric: accuracy, value: 0.6 }
trainer: { kind: simulated, dataset: cifar100 }
`;

const reason = ['--reason', 'a week went well'];

describe('job promote and demote', () => {
  it('lead a job out of the shadow step by step, and back', async () => {
    await onBench(
      { ...simulatedHardware(), overrides: { allowUnsigned: true } },
      async ({ jobs, taskQueue }: Bench) => {
        const job = `trust-${randomUUID().slice(0, 8)}`;
        const cli = (...args: readonly string[]) => runCli([...args, '--address', testAddress()]);
        const file = temporaryFile('job.yaml');
        await writeFile(file, jobFile(job));
        const create = ['job', 'create', file, '--shadow', '--paused', '--task-queue', taskQueue];
        expect(await cli(...create)).toMatchObject({ code: 0 });
        expect((await cli(...create)).stdout).toContain('unchanged');

        const { spec } = await jobs.facts(job);
        await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1)))).result();
        const { stdout: described } = await cli('job', 'describe', job);
        expect(described).toMatch(/^Trust +shadow: nothing is changed/m);
        expect(described).toMatch(/^At full trust +batch size \d+, power limit measured while it trains \(/m);
        expect((await cli('decision', 'list', job)).stdout).toMatch(/shadow, else 1024 \(first\)/);
        expect((await cli('decision', 'explain', job)).stdout).toMatch(/power limit left as it is \(pinned/);

        expect((await cli('job', 'promote', job, ...reason)).stdout).toMatch(
          /^promoted {2}.* from shadow to power, by /,
        );
        const up = JSON.parse((await cli('job', 'promote', job, ...reason, '--for', '1h', '--json')).stdout);
        expect(up).toMatchObject({ job, result: 'promoted', from: 'power', to: 'full', seconds: 3600 });
        expect(await cli('job', 'promote', job, ...reason)).toMatchObject({
          code: 2,
          stderr: expect.stringContaining(`job ${job} is trusted at level full`),
        });
        expect((await cli('override', 'list', job)).stdout).toMatch(/^waiting +trust power /m);
        const down = await cli('job', 'demote', job, '--to', 'shadow', ...reason);
        expect(down.stdout).toMatch(/^demoted .* from full to shadow/);
        expect((await cli('job', 'describe', job)).stdout).toMatch(/^Trust +shadow/m);
        await jobs.delete(job);
      },
    );
  });
});
