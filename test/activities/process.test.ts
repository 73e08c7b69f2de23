import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endOrphans } from '../../activities/training/process';
import { parsePs } from '../../activities/training/processTable';
import { failureOf, freshDirectory, gpuUuids, processTrainer, processesWith, zooSpec } from './processBench';
import { describeTrainer } from './trainerContract';

describeTrainer('a process', async () => ({
  trainer: processTrainer(),
  spec: zooSpec('tame', { grace: 1 }),
  gpuUuids,
}));

const start = (section: Record<string, unknown>, options = {}) =>
  processTrainer(options).start({ id: 'slot/1', spec: zooSpec('environment', section), batchSize: 32, gpuUuids });

const printed = (log: string) => JSON.parse(readFileSync(log, 'utf8'));

describe('createProcessTrainer', () => {
  it('tells the trainer what it needs to know, and nothing of the worker’s secrets', async () => {
    const directory = freshDirectory();
    const env = { PATH: process.env.PATH, HOME: '/home/me', TEMPORAL_API_KEY: 'secret', DATA: '/data', OTHER: 'no' };
    const run = await start({ env: ['DATA'] }, { directory, env });
    await failureOf(run);
    await run.stop();
    const [name] = readdirSync(join(directory, 'cifar100'));
    const { env: seen } = printed(join(directory, 'cifar100', name!, 'output.log'));
    expect(seen).toEqual({
      PATH: process.env.PATH,
      HOME: '/home/me',
      DATA: '/data',
      WATTBANDIT_JOB: 'cifar100',
      WATTBANDIT_RUN_ID: 'slot/1',
      WATTBANDIT_RUN_TOKEN: expect.stringMatching(/^[0-9a-f-]{36}$/),
      WATTBANDIT_BATCH_SIZE: '32',
      WATTBANDIT_DEFAULT_BATCH_SIZE: '32',
      WATTBANDIT_MAX_EPOCHS: '100',
      WATTBANDIT_TARGET_METRIC: 'accuracy',
      WATTBANDIT_TARGET_VALUE: '0.9',
      WATTBANDIT_TARGET_DIRECTION: 'atLeast',
      WATTBANDIT_CHECKPOINT_DIR: join(directory, 'cifar100', name!, 'checkpoints'),
      WATTBANDIT_GPU_UUIDS: 'SIM-v100-0',
      WATTBANDIT_NODE_RANK: '0',
      WATTBANDIT_NODE_HOSTS: 'localhost',
      WATTBANDIT_REPORT_FD: '3',
      WATTBANDIT_REQUEST_FD: '4',
      WATTBANDIT_REPORT_SOCKET: expect.stringMatching(/report$/),
      CUDA_VISIBLE_DEVICES: 'SIM-v100-0',
    });
  });

  it('puts values into whole arguments, and leaves the others to the program', async () => {
    const directory = freshDirectory();
    const [node = '', zoo = ''] = zooSpec('environment').trainer['command'] as string[];
    const args = ['${WATTBANDIT_BATCH_SIZE}', '$HOME', '${now:%H}', '; rm -rf x', '`id`'];
    const run = await start({ command: [node, zoo, 'environment', 'mark', ...args] }, { directory });
    await failureOf(run);
    await run.stop();
    const [name] = readdirSync(join(directory, 'cifar100'));
    const { argv } = printed(join(directory, 'cifar100', name!, 'output.log'));
    expect(argv).toEqual(['32', ...args.slice(1)]);
  });

  it.each([
    [{ command: [] }, /trainer.command/],
    [{ command: ['a\nb'] }, /trainer.command.0: must not contain line ends/],
    [{ command: ['train', '--size=${WATTBANDIT_BATCH_SIZE}'] }, /--size=\$\{WATTBANDIT_BATCH_SIZE\} .* WATTBANDIT_JOB/],
    [{ command: ['train', '${WATTBANDIT_SIZE}'] }, /WATTBANDIT_SIZE.*WATTBANDIT_BATCH_SIZE/],
    [{ comand: ['x'] }, /comand/],
    [{ grace: 'soon' }, /trainer.grace: must be a duration/],
    [{ silence: 0 }, /trainer.silence: must be longer/],
    [{ env: ['TEMPORAL_API_KEY'] }, /trainer.env.0: is not for a trainer/],
    [{ env: ['NOT_SET_ANYWHERE'] }, /NOT_SET_ANYWHERE, which this worker does not have/],
    [{ cwd: 'no/such/place' }, /no such directory; mend trainer.cwd/],
    [{ command: ['no-such-program'] }, /Cannot start no-such-program for job cifar100: .*ENOENT/],
  ])('refuses %j for good', async (section, message) => {
    const refused = start(section);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
  });

  it('ends the trainer of an earlier start of the same run before it starts another', async () => {
    const trainer = processTrainer();
    const mark = `takeover-${process.pid}-${Date.now()}`;
    const request = { id: 'slot/1', spec: zooSpec('forksAndStays', { grace: 0 }, mark), batchSize: 32, gpuUuids };
    const first = await trainer.start(request);
    await first.next();
    const second = await trainer.start({ ...request, spec: zooSpec('tame', { grace: 0 }, mark) });
    expect(await processesWith(mark)).toHaveLength(1);
    expect(await failureOf(first)).toMatchObject({ kind: 'failed' });
    expect(await second.next()).toMatchObject({ kind: 'progress' });
    await Promise.all([first.stop(), second.stop()]);
    expect(await processesWith(mark)).toEqual([]);
  });

  it('trains once when the same run is started many times at once', async () => {
    const trainer = processTrainer();
    const mark = `atOnce-${process.pid}-${Date.now()}`;
    const request = { id: 'slot/1', spec: zooSpec('tame', { grace: 0 }, mark), batchSize: 32, gpuUuids };
    const started = await Promise.allSettled(Array.from({ length: 5 }, () => trainer.start(request)));
    expect(await processesWith(mark)).toHaveLength(1);
    for (const one of started) if (one.status === 'fulfilled') await one.value.stop();
    expect(await processesWith(mark)).toEqual([]);
  });

  it('keeps the checkpoints of a run for its next start, and those of the latest runs only', async () => {
    const directory = freshDirectory();
    const trainer = processTrainer({ directory });
    for (let i = 0; i < 30; i++) mkdirSync(join(directory, 'cifar100', `old-${i}`), { recursive: true });
    const run = await trainer.start({ id: 'slot/1', spec: zooSpec('tame', { grace: 0 }), batchSize: 32, gpuUuids });
    await run.stop();
    expect(readdirSync(join(directory, 'cifar100'))).toHaveLength(20);
  });
});

/** Starts a worker in a process of its own, waits until it trains, and lets it die. */
async function orphanOf(directory: string, animal: string, mark: string): Promise<void> {
  const script = join(__dirname, 'trainers', 'doomedWorker.ts');
  const register = join(__dirname, '..', 'support', 'register.js');
  const worker = spawn(process.execPath, ['-r', register, script, directory, animal, mark], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(worker.stdout, 'data');
  if (!mark.startsWith('throws')) worker.kill('SIGKILL');
  await once(worker, 'exit');
}

describe('after a worker died', () => {
  it.each(['silent', 'forksAndStays'])('the next start ends its %s orphan first', async (animal) => {
    const directory = freshDirectory();
    const mark = `orphan-${randomUUID()}`;
    await orphanOf(directory, animal, mark);
    expect(await processesWith(mark)).not.toEqual([]);
    const spec = zooSpec('tame', { grace: 0 }, mark);
    const run = await processTrainer({ directory }).start({ id: 'slot/1', spec, batchSize: 32, gpuUuids });
    expect(await processesWith(mark)).toHaveLength(1);
    await run.stop();
    expect(await processesWith(mark)).toEqual([]);
  });

  it('endOrphans ends what it left', async () => {
    const directory = freshDirectory();
    const mark = `orphan-${randomUUID()}`;
    await orphanOf(directory, 'silent', mark);
    await endOrphans(directory);
    expect(await processesWith(mark)).toEqual([]);
  });

  it('by an uncaught error, its trainer is gone with it', async () => {
    const mark = `throws-${randomUUID()}`;
    await orphanOf(freshDirectory(), 'silent', mark);
    expect(await processesWith(mark)).toEqual([]);
  });
});

describe('endOrphans', () => {
  it('leaves alone what a living worker trains', async () => {
    const directory = freshDirectory();
    const mark = `living-${process.pid}-${Date.now()}`;
    const spec = zooSpec('tame', { grace: 0 }, mark);
    const run = await processTrainer({ directory }).start({ id: 'slot/1', spec, batchSize: 32, gpuUuids });
    await endOrphans(directory);
    expect(await processesWith(mark)).toHaveLength(1);
    await run.stop();
  });
});

describe('parsePs', () => {
  it('reads what ps prints on macOS', () => {
    const text =
      '  501   501 Ss   Tue Nov 24 03:13:40 2026     python3 train.py PATH=/bin WATTBANDIT_RUN_TOKEN=abc HOME=/x\n' +
      '  502   501 Z    Tue Nov 24 03:13:41 2026     (python3)\n';
    expect(parsePs(text, 'WATTBANDIT_RUN_TOKEN=abc')).toEqual([
      { pid: 501, group: 501, birth: 'Tue Nov 24 03:13:40 2026', marked: true },
    ]);
  });
});
