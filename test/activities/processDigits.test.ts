/** The example trains for real: NumPy in a virtual environment of the project, made once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingEvent } from '../../activities/training/trainer';
import { readJobFile } from '../../worker/jobFile';
import { failureOf, freshDirectory, gpuUuids, processTrainer } from './processBench';

const root = join(__dirname, '..', '..');
const example = join(root, 'examples', 'digits');
const hasPython = spawnSync('python3', ['-c', 'import sys, venv; assert sys.version_info >= (3, 9)']).status === 0;

/** @returns the Python that has what the example needs; the helper straight from its sources */
function examplePython(): string {
  const venv = join(root, '.wattbandit', 'digits');
  const python = join(venv, 'bin', 'python');
  const stamp = join(venv, 'installed.txt');
  const requirements = readFileSync(join(example, 'requirements.txt'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === requirements && existsSync(python)) return python;
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(join(root, '.wattbandit'), { recursive: true });
  execFileSync('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:'];
  execFileSync(python, [...pip, '-r', join(example, 'requirements.txt')]);
  const [lib = ''] = readdirSync(join(venv, 'lib'));
  const sources = join(root, 'integrations', 'python', 'src');
  writeFileSync(join(venv, 'lib', lib, 'site-packages', 'wattbandit.pth'), sources);
  writeFileSync(stamp, requirements);
  return python;
}

// Without Python 3 there is nobody to run it.
(hasPython ? describe : describe.skip)('examples/digits', () => {
  let python = '';
  beforeAll(() => void (python = examplePython()), 180_000);

  async function train(batchSize: number) {
    const job = await readJobFile(join(example, 'job.yaml'));
    const command = [python, '-B', 'train.py'];
    const spec = { ...job, trainer: { ...job.trainer, command } };
    const env = { ...process.env, OMP_NUM_THREADS: '1' };
    const trainer = processTrainer({ directory: freshDirectory(), workingDirectory: root, env });
    const run = await trainer.start({ id: 'slot/1', spec, batchSize, gpuUuids });
    try {
      for (;;) {
        const event: TrainingEvent = await run.next();
        if (event.kind === 'failed') throw new Error(event.detail);
        if (event.kind === 'epoch' && event.metric >= spec.target.value) return event;
      }
    } finally {
      await run.stop();
    }
  }

  it('reaches its target, in more epochs with large batches', async () => {
    const small = await train(32);
    const large = await train(1024);
    expect(small.epoch).toBeLessThan(large.epoch);
    expect(large.epoch).toBeLessThanOrEqual(40);
  });

  it('that ends after its epochs without the target has diverged', async () => {
    const job = await readJobFile(join(example, 'job.yaml'));
    const spec = { ...job, maxEpochs: 2, trainer: { ...job.trainer, command: [python, '-B', 'train.py'] } };
    const trainer = processTrainer({ directory: freshDirectory(), workingDirectory: root });
    const run = await trainer.start({ id: 'slot/1', spec, batchSize: 1024, gpuUuids });
    expect(await failureOf(run)).toMatchObject({ failure: 'diverged', detail: expect.stringContaining('epoch 2') });
    await run.stop();
  });
});
