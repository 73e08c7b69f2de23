import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputFor, readPlan } from '../../worker/experiment/plan';
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
  it('writes the same file here and on a worker that is killed in the middle', async () => {
    const name = `t${randomUUID()}`;
    const { directory, file } = await sweepFile(
      `version: 1\nname: ${name}\npolicies: [zeus, default]\ngpus: [v100]\njobs: [squad, sentiment140]\n` +
        'eta: [0, 0.5, 1]\nseeds: 150\nrecurrences: [20, 100]\n',
    );
    const taskQueue = randomUUID();
    const [here, there] = [join(directory, 'here.jsonl'), join(directory, 'there.jsonl')];
    expect(await runCli(['experiment', 'run', file, '--local', '--out', here])).toMatchObject({ code: 0 });

    const first = await startWorker(taskQueue);
    const args = ['--durable', '--concurrency', '2', '--task-queue', taskQueue, '--address', testAddress()];
    const running = runCli(['experiment', 'run', file, ...args, '--out', there]);
    const input = inputFor(await readPlan(file), 2);
    expect(input.cells / input.cellsPerChunk).toBeGreaterThanOrEqual(6);
    const part = (await testClient()).workflow.getHandle(experimentPartId(input.id, 0));
    await until(async () => (await part.query(cellsDone)) >= 2);
    await kill(first);
    expect((await part.describe()).status.name).toBe('RUNNING');
    await startWorker(taskQueue);
    expect(await running).toMatchObject({ code: 0 });

    const text = await readFile(there, 'utf8');
    expect(text).toBe(await readFile(here, 'utf8'));
    const [header, ...rows] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ command: 'wattbandit experiment run sweep.yaml', sweep: { name, seeds: 150 } });
    expect(header.traces['summary_train.csv']).toMatch(/^[0-9a-f]{64}$/);
    expect(text).not.toContain(directory);
    expect(rows).toHaveLength(2 * 2 * 3 * 2);

    // Done already: the rows are there, and need no worker.
    const again = await runCli(['experiment', 'run', file, ...args, '-o', 'jsonl']);
    expect(again.stdout).toBe(text);
  }, 180_000);

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
