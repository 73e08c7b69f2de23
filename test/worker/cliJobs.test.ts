import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Slot } from '../../workflows/messages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { type Ended, buildCli, runCli } from '../support/cli';
import { testAddress } from '../support/temporal';

beforeAll(buildCli, 120_000);

interface Desk {
  readonly bench: Bench;
  readonly file: string;
  readonly cli: (...args: readonly string[]) => Promise<Ended>;
  readonly json: (...args: readonly string[]) => Promise<Record<string, unknown>>;
}

/** A worker, a job file of a job that nobody else has, and the command line. */
async function onDesk(test: (desk: Desk) => Promise<void>): Promise<void> {
  await onBench(simulatedHardware(), async (bench) => {
    const cli = (...args: readonly string[]) => runCli([...args, '--address', testAddress()]);
    const json = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
      JSON.parse((await cli(...args, '--json')).stdout);
    await test({ bench, file: await jobFile(bench.job), cli, json });
  });
}

async function jobFile(job: string, change = (text: string) => text): Promise<string> {
  const text = await readFile('examples/cifar100.yaml', 'utf8');
  const file = join(await mkdtemp(join(tmpdir(), 'wattbandit-')), `${job}.yaml`);
  await writeFile(file, change(text.replace('job: cifar100', `job: ${job}`)));
  return file;
}

async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('job', () => {
  it('creates once, tells the same job from another, and deletes only when told twice', async () => {
    await onDesk(async ({ bench: { job, taskQueue, jobs }, file, cli, json }) => {
      const create = ['job', 'create', file, '--paused', '--task-queue', taskQueue];
      expect(await json(...create)).toEqual({ schemaVersion: 1, jobs: [{ job, result: 'created' }] });
      expect(await json(...create)).toEqual({ schemaVersion: 1, jobs: [{ job, result: 'unchanged' }] });

      const changed = await jobFile(job, (text) => text.replace('maxEpochs: 100', 'maxEpochs: 90'));
      const other = await jobFile(`${job}-other`);
      expect((await cli('job', 'create', other, changed)).code).toBe(9);
      await expect(jobs.describe(`${job}-other`)).rejects.toMatchObject({ remedy: 'notFound' });

      const unasked = await cli('job', 'delete', job);
      expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining('This ends the Schedule') });
      expect((await cli('job', 'delete', job, '--yes')).code).toBe(0);
      expect((await cli('job', 'describe', job)).code).toBe(4);
      expect((await cli('job', 'delete', job, '--yes')).code).toBe(4);
    });
  });

  it('creates nothing if one of several files is wrong', async () => {
    await onDesk(async ({ bench: { job, jobs }, file, cli }) => {
      const { code, stderr } = await cli('job', 'create', file, 'no-such.yaml');
      expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('no-such.yaml') });
      expect((await cli('job', 'create', file, file)).code).toBe(3);
      await expect(jobs.describe(job)).rejects.toMatchObject({ remedy: 'notFound' });
    });
  });

  it('triggers, pauses and resumes, and describes what came of it', async () => {
    await onDesk(async ({ bench: { job, taskQueue, jobs }, file, cli, json }) => {
      await cli('job', 'create', file, '--task-queue', taskQueue);
      expect((await cli('job', 'describe', job)).stdout).toMatch(/^State +running$/m);
      await cli('job', 'pause', job, '--note', 'the grid is dirty');
      await cli('job', 'trigger', job);
      await until(
        () => jobs.ledger(job),
        ({ totals }) => totals.slots.ran === 1,
      );

      const description = await json('job', 'describe', job);
      expect(description).toMatchObject({
        schemaVersion: 1,
        job,
        paused: true,
        note: 'the grid is dirty',
        totals: { decisions: 1, told: 1, counted: 1 },
        outlook: { incumbent: 1024 },
        spec: { job, defaultBatchSize: 1024 },
      });
      const { stdout } = await cli('job', 'describe', job);
      expect(stdout).toMatch(/^State +paused: the grid is dirty$/m);
      expect(stdout).toMatch(/^ +1024 +\d+ W .*×\d\.\d\d/m);

      await cli('job', 'resume', job);
      const { jobs: listed } = await json('job', 'list');
      expect(listed).toContainEqual(expect.objectContaining({ job, paused: false }));
      await cli('job', 'delete', job, '--yes');
    });
  });

  it.each([['trigger'], ['pause'], ['resume'], ['describe']])('%s of an unknown job ends with 4', async (verb) => {
    const { code, stderr } = await runCli(['job', verb, 'nobody', '--address', testAddress()]);
    expect(code).toBe(4);
    expect(stderr).toBe('Cannot find job nobody; `wattbandit job list` shows the jobs there are.\n');
  });
});

describe('decision', () => {
  it('lists every slot once and explains each', async () => {
    await onDesk(async ({ bench: { job, taskQueue, jobs }, file, cli, json }) => {
      await cli('job', 'create', file, '--paused', '--task-queue', taskQueue);
      await jobs.backfill(job, new Date('2021-06-30T23:59:59Z'), new Date('2021-07-01T03:00:00Z'));
      const { slots } = await until(
        () => jobs.ledger(job),
        ({ totals }) => totals.slots.ran === 4,
      );

      const lines = (await cli('decision', 'list', job, '-o', 'jsonl')).stdout.trim().split('\n');
      expect(lines.map((line): Slot => JSON.parse(line).slot)).toEqual(slots.map(({ slot }) => slot));
      expect((await cli('decision', 'list', job)).stdout.split('\n')).toHaveLength(1 + 4 + 1);

      const last = await json('decision', 'explain', job);
      expect(last).toMatchObject({ job, slot: '2021-07-01T03:00:00Z', decision: slots[3]!.attempts[0]!.decision });
      const { stdout } = await cli('decision', 'explain', job, '2021-07-01T01:00Z');
      expect(stdout).toContain(slots[1]!.attempts[0]!.decision.reason);
      expect(stdout).toMatch(/^→ +\d+/m);

      const unknown = await cli('decision', 'explain', job, '2020-01-01T00:00Z');
      expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('2021-07-01T00:00:00Z to') });
      expect((await cli('decision', 'explain', job, '--attempt', '2')).code).toBe(4);
    });
  });
});

describe('doctor', () => {
  it('passes with a server and its worker', async () => {
    await onDesk(async ({ bench: { taskQueue }, cli }) => {
      const { code, stdout } = await cli('doctor', '--task-queue', taskQueue);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.not.stringContaining('fail') });
      expect(stdout).toContain('pass  Workers: 1 on');
    });
  });
});
