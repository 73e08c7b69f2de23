/** The helper package for Python trainers: its own tests, and a script that uses it under wattbandit. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsUntil, freshDirectory, gpuUuids, processTrainer, zooSpec } from './processBench';

const helper = join(__dirname, '..', '..', 'integrations', 'python');
const env = { ...process.env, PYTHONPATH: join(helper, 'src'), PYTHONDONTWRITEBYTECODE: '1' };
const hasPython = spawnSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)']).status === 0;

const script = `
from time import sleep
from wattbandit_trainer import run
print(run.batch_size(default=1), run.scale_learning_rate(0.1, "SGD"))
step = 0
while not run.should_stop:
    step += 1
    sleep(0.01)
    run.report.progress(iteration=step, iterations_per_epoch=10)
    run.answer_probes(lambda batch_size: batch_size / 8)
    if step % 10 == 0:
        run.report.epoch(step // 10, float("nan") if step > 90 else step / 100)
(run.checkpoint_dir() / "saved").write_text("yes")
`;

// Without Python 3 there is nobody to run it.
(hasPython ? describe : describe.skip)('wattbandit-trainer', () => {
  it('passes its own tests', () => {
    const { status, stderr } = spawnSync('python3', ['-m', 'unittest', 'discover', '-s', 'tests'], {
      cwd: helper,
      env,
      encoding: 'utf8',
    });
    expect(`${status} ${stderr}`).toMatch(/^0 [^]*OK/);
  });

  it('reports, probes, and saves when it is stopped', async () => {
    const directory = freshDirectory();
    writeFileSync(join(directory, 'train.py'), script);
    const spec = zooSpec('', { command: ['python3', 'train.py'], cwd: directory, env: ['PYTHONPATH'], grace: 10 });
    const request = { id: 'slot/1', spec, batchSize: 64, gpuUuids };
    const run = await processTrainer({ directory: join(directory, 'runs'), env }).start(request);
    const events = await eventsUntil(run, (event) => event.kind === 'epoch' && event.epoch === 3);
    expect(events.at(-1)).toMatchObject({ metric: 0.3 });
    expect(await run.probe!(32)).toMatchObject({ kind: 'timed', secondsPerEpoch: 4 });
    await run.stop();
    const saved = spawnSync('grep', ['-rl', 'yes', join(directory, 'runs', 'cifar100')], { encoding: 'utf8' });
    expect(saved.stdout).toMatch(/checkpoints\/saved\n$/);
    const said = spawnSync('grep', ['-rh', '64', '--include=output.log', directory], { encoding: 'utf8' });
    expect(said.stdout).toBe('64 0.2\n');
  });
});
