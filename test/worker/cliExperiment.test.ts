import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputFor, readPlan } from '../../worker/experiment/plan';
import { playHere } from '../../worker/experiment/playHere';
import { playOnWorkers } from '../../worker/experiment/playOnWorkers';
import { headerOf, linesOf } from '../../worker/experiment/result';
import { cellsDone, experimentPartId } from '../../workflows/experimentMessages';
import { buildCli, runCli, startCli } from '../support/cli';
import { testAddress, testClient } from '../support/temporal';

beforeAll(buildCli, 120_000);

const started: ChildProcess[] = [];
afterAll(() => started.forEach((child) => child.kill('SIGKILL')));

async function startWorker(taskQueue: string): Promise<ChildProcess> {
  const args = ['worker', 'start', '--experiments', '--task-queue', taskQueue, '--address', testAddress()];
  const child = startCli([...args, '-o', 'jsonl']);
  started.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function sweepFile(text: string): Promise<{ readonly directory: string; readonly file: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'wattbandit-'));
  const file = join(directory, 'sweep.yaml');
  await writeFile(file, text);
  return { directory, file };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((later) => setTimeout(later, 50));
}

describe('experiment run', () => {
  it('gives up nothing when its worker is killed in the middle: the file is that of a process alone', async () => {
    const name = `t${randomUUID()}`;
    const { directory, file } = await sweepFile(
      `version: 1\nname: ${name}\npolicies: [zeus, default]\ngpus: [v100]\njobs: [squad, sentiment140]\n` +
        'eta: [0, 0.5, 1]\nseeds: 150\nrecurrences: [20, 100]\n',
    );
    const taskQueue = randomUUID();
    const out = join(directory, 'result.jsonl');
    const first = await startWorker(taskQueue);
    const args = ['--durable', '--concurrency', '2', '--task-queue', taskQueue, '--address', testAddress()];
    const running = runCli(['experiment', 'run', file, ...args, '--out', out]);
    const plan = await readPlan(file);
    const input = inputFor(plan, 2);
    expect(input.cells / input.cellsPerChunk).toBeGreaterThanOrEqual(6);
    const client = await testClient();
    const part = client.workflow.getHandle(experimentPartId(input.id, 0));
    await until(async () => (await part.query(cellsDone)) >= 2);
    await kill(first);
    expect((await part.describe()).status.name).toBe('RUNNING');
    await startWorker(taskQueue);
    expect(await running).toMatchObject({ code: 0 });

    const text = await readFile(out, 'utf8');
    expect(text).toBe(linesOf(headerOf(plan, 'sweep.yaml'), await playHere(plan)));
    const [header, ...rows] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ command: 'wattbandit experiment run sweep.yaml', sweep: { name, seeds: 150 } });
    expect(header.traces['summary_train.csv']).toMatch(/^[0-9a-f]{64}$/);
    expect(text).not.toContain(directory);
    expect(rows).toHaveLength(2 * 2 * 3 * 2);
    const list = ['experiment', 'list', '--address', testAddress()];
    const { experiments } = JSON.parse((await runCli([...list, '-o', 'json'])).stdout);
    const startedAts = experiments.map(({ startedAt }: { startedAt: string }) => startedAt);
    expect(startedAts).toEqual(startedAts.toSorted().toReversed());
    const own = experiments.find(({ id }: { id: string }) => id === input.id);
    expect(own).toMatchObject({ name, state: 'done', cellsDone: input.cells, cells: input.cells });
    expect((await runCli(list)).stdout).toMatch(new RegExp(`${name} +done +${input.cells} of ${input.cells} `));
    // Done already: the same rows, and nothing is played.
    const { runId } = await part.describe();
    expect(await playOnWorkers(client, input, { taskQueue })).toEqual(rows.map(({ kind: _kind, ...row }) => row));
    expect((await part.describe()).runId).toBe(runId);
  }, 300_000);

  it('plays a small one here, and prints what it would write', async () => {
    const { file } = await sweepFile(
      'version: 1\nname: x\npolicies: [zeus, oracle]\ngpus: [v100]\njobs: [squad]\nseeds: 2\n',
    );
    const { code, stdout } = await runCli(['experiment', 'run', file, '-o', 'jsonl']);
    expect(code).toBe(0);
    const plan = await readPlan(file);
    expect(stdout).toBe(linesOf(headerOf(plan, 'sweep.yaml'), await playHere(plan)));
  }, 120_000);

  it('says where a sweep file is wrong', async () => {
    const { file } = await sweepFile('version: 1\nname: x\npolicies: [zeus]\nscenarios: [nois]\n');
    const { code, stderr } = await runCli(['experiment', 'run', file]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${file}:4:13  scenarios.0`);
    expect(stderr).toContain('did you mean noise?');
  });

  it('overwrites nothing, and says so before it plays', async () => {
    const { file } = await sweepFile('version: 1\nname: x\npolicies: [zeus]\nseeds: 100000\n');
    const { code, stderr } = await runCli(['experiment', 'run', file, '--local', '--out', file]);
    expect(code).toBe(9);
    expect(stderr).toContain('there is such a file already');
  });
});
