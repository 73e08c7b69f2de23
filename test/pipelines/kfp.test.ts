/** The components for Kubeflow Pipelines, run by its own SDK on this machine, against the gateway. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onBench, simulatedHardware } from '../support/bench';
import { testAddress } from '../support/temporal';

const root = join(__dirname, '..', '..');
const kubeflow = join(root, 'integrations', 'kubeflow');
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-kfp-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const environment = { ...process.env, PYTHONPATH: join(kubeflow, 'src'), PYTHONDONTWRITEBYTECODE: '1' };
/** Where it may leave what it likes. */
const python = async (...args: readonly string[]) =>
  promisify(execFile)(process.env['KFP_PYTHON']!, args, { cwd: directory, env: environment, maxBuffer: 2 ** 26 });

interface Served {
  readonly job: string;
  readonly url: string;
  readonly ask: (path: string) => Promise<{ readonly decisions: readonly Told[] }>;
}

interface Told {
  readonly batchSize: number;
  readonly observation?: { readonly outcome: string; readonly joules: number; readonly detail?: string };
}

/** A gateway in a process of its own, as people start it, and a job that is trained from outside. */
async function onGateway(use: (served: Served) => Promise<void>, changes: object = {}): Promise<void> {
  await onBench(simulatedHardware(), async ({ job, taskQueue }) => {
    const main = join(root, 'dist', 'worker', 'cli', 'main.js');
    const where = ['--address', testAddress(), '--task-queue', taskQueue];
    const gateway = spawn(process.execPath, [main, 'gateway', 'start', '--port', '0', '-o', 'jsonl', ...where], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const url = await urlOf(gateway);
      const spec = {
        ...{ version: 1, job, batchSizes: [16, 32, 64], defaultBatchSize: 32, maxEpochs: 50 },
        target: { metric: 'accuracy', value: 0.93 },
        trainer: { kind: 'external', gpus: { model: 'A40', count: 1, powerLimitsWatts: [100, 200] } },
        ...changes,
      };
      const headers = { 'content-type': 'application/json' };
      const made = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body: JSON.stringify(spec) });
      expect(made.status).toBe(201);
      const ask = async (path: string) =>
        (await fetch(`${url}/v1/jobs/${job}/${path}`)).json() as ReturnType<Served['ask']>;
      await use({ job, url, ask });
    } finally {
      const ended = once(gateway, 'exit');
      gateway.kill('SIGTERM');
      await ended;
    }
  });
}

async function urlOf(gateway: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: gateway.stdout! })) {
    const { event, url } = JSON.parse(line);
    if (event === 'ready') return url;
  }
  throw new Error('the gateway ended before it was ready');
}

describe('integrations/kubeflow', () => {
  it('passes its own tests', async () => {
    await python('-m', 'unittest', 'discover', '-s', join(kubeflow, 'tests'));
  });

  it('has types that hold', async () => {
    const config = ['--config-file', join(kubeflow, 'pyproject.toml'), '--cache-dir', join(directory, 'mypy')];
    const { stdout } = await python('-m', 'mypy', ...config, join(kubeflow, 'src'), join(kubeflow, 'examples'));
    expect(stdout).toMatch(/no issues found/);
  });

  it('has an example that compiles, with its components in it', async () => {
    await python(join(kubeflow, 'examples', 'pipeline.py'));
    const load = 'import yaml; print(*sorted(next(yaml.safe_load_all(open("pipeline.yaml")))["components"]))';
    const { stdout } = await python('-c', load);
    expect(stdout.trim().split(' ')).toEqual(
      expect.arrayContaining(['comp-ask', 'comp-settle', 'comp-tell', 'comp-train-example']),
    );
  });
});

describe('a pipeline run', () => {
  it('asks, trains and tells', async () => {
    await onGateway(async ({ job, url, ask }) => {
      await python(join(kubeflow, 'examples', 'pipeline.py'), '--local', url, job);
      const { decisions } = await ask('decisions');
      expect(decisions).toHaveLength(1);
      for (const { observation } of decisions) {
        expect(observation).toMatchObject({ outcome: 'converged' });
        expect(observation!.joules).toBeGreaterThan(0);
      }
      expect(decisions.at(-1)!.batchSize).toBe(32);
    });
  }, 180_000);

  it('that breaks after it asked is told as failed by its exit task, under the same decision', async () => {
    await onGateway(async ({ job, url, ask }) => {
      await python(join(kubeflow, 'tests', 'failing_pipeline.py'), url, job);
      const { decisions } = await ask('decisions');
      expect(decisions).toHaveLength(1);
      expect(decisions[0]!.observation).toMatchObject({ outcome: 'infrastructure', joules: 0 });
      expect(decisions[0]!.observation!.detail).toMatch(/the pipeline ended as FAILED/);
    });
  }, 120_000);

  it('has wattbandit train, and trains once when it is run again', async () => {
    const simulated = {
      batchSizes: [64, 128, 256],
      defaultBatchSize: 128,
      maxEpochs: 100,
      target: { metric: 'accuracy', value: 0.6 },
      trainer: { kind: 'simulated', dataset: 'cifar100' },
    };
    await onGateway(async ({ job, url, ask }) => {
      for (let n = 0; n < 2; n++) {
        const { stdout } = await python(
          join(kubeflow, 'tests', 'recurring_pipeline.py'),
          ...[url, job, '2026-11-25T16:00:00Z'],
        );
        expect(stdout.trim().split('\n').at(-1)).toBe('converged');
      }
      expect((await ask('decisions')).decisions).toMatchObject([{ batchSize: 128 }]);
    }, simulated);
  }, 120_000);
});
