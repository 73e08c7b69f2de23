/** Runs of a pipeline as training: a server that behaves as Kubeflow's does, steps that really run and report. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createPipelinesTrainer } from '../../activities/training/kubeflowPipelines/kubeflowPipelines';
import { createPipelinesServer } from '../../activities/training/kubeflowPipelines/pipelinesServer';
import { type ReportDesk, openReportDesk } from '../../activities/training/reportDesk';
import type { TrainingRun } from '../../activities/training/trainer';
import { failureOf } from '../activities/processBench';
import { describeTrainer } from '../activities/trainerContract';
import { jobSpec } from '../support/job';
import { type Exchange, PipelinesFake } from '../support/pipelinesFake';

const root = join(__dirname, '..', '..');
const python = process.env['KFP_PYTHON']!;
const env = { ...process.env, PYTHONPATH: join(root, 'integrations', 'python', 'src'), PYTHONDONTWRITEBYTECODE: '1' };
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-kfp-'));
const gpuUuids = ['SIM-v100-0'];

const fake = new PipelinesFake({
  env,
  declared: { wattbandit: 'string', batch_size: 'number', play: 'string' },
  steps: ({ wattbandit, play }) => [python, join(__dirname, 'pipelineStep.py'), String(play), String(wattbandit)],
});
let desk: ReportDesk;
beforeAll(async () => {
  await fake.listen();
  desk = await openReportDesk({ host: '127.0.0.1', port: 0 });
});
const started: TrainingRun[] = [];
afterEach(() => Promise.all(started.splice(0).map((run) => run.stop())));
afterAll(() => {
  fake.close();
  rmSync(directory, { recursive: true, force: true });
});

const gpus = () => createSimulatedGpus({ model: 'v100', count: 1, powerLimitsWatts: [100, 250] });
const trainer = (driver = gpus()) =>
  createPipelinesTrainer({ server: createPipelinesServer({ url: fake.url }), desk, gpus: driver, node: 'node-a' });

function spec(play: string, section: Record<string, unknown> = {}) {
  const parameters = { wattbandit: '${WATTBANDIT_RUN}', batch_size: '${WATTBANDIT_BATCH_SIZE}', play };
  return jobSpec({
    batchSizes: [16, 32, 64],
    defaultBatchSize: 32,
    target: { metric: 'accuracy', value: 0.9 },
    trainer: { kind: 'kubeflowPipelines', pipeline: 'digits', parameters, grace: 5, ...section },
  });
}

const start = async (id: string, job = spec('trains'), driver = gpus()) => {
  const run = await trainer(driver).start({ id, spec: job, batchSize: 32, gpuUuids });
  started.push(run);
  return run;
};
const runsOf = (id: string) =>
  fake.runs.filter(({ runtime_config: { parameters } }) => {
    return JSON.parse(String(parameters!['wattbandit'])).WATTBANDIT_RUN_ID === id;
  });

async function epochOf(run: TrainingRun) {
  for (;;) {
    const event = await run.next();
    if (event.kind === 'failed') throw new Error(event.detail);
    if (event.kind === 'epoch') return event;
  }
}

describeTrainer('a run of Kubeflow Pipelines', async () => ({ trainer: trainer(), spec: spec('trains'), gpuUuids }));

describe('createPipelinesTrainer', () => {
  it('hands the decision to the pipeline, as it declares it, and where to train and to report', async () => {
    await epochOf(await start('told/1'));
    const [{ runtime_config: config }] = runsOf('told/1') as [(typeof fake.runs)[number]];
    expect(config.parameters!['batch_size']).toBe(32);
    expect(JSON.parse(String(config.parameters!['wattbandit']))).toMatchObject({
      WATTBANDIT_BATCH_SIZE: '32',
      WATTBANDIT_NODE: 'node-a',
      WATTBANDIT_GPU_UUIDS: 'SIM-v100-0',
      WATTBANDIT_REPORT_URL: desk.url,
    });
  });

  it('ends a run by the answer to its report, without a need to terminate it', async () => {
    const run = await start('ends/1');
    await epochOf(run);
    await run.stop();
    expect(runsOf('ends/1').map(({ state }) => state)).toEqual(['SUCCEEDED']);
  });

  it('ends what an earlier start left before it starts another: one run trains', async () => {
    await epochOf(await start('twice/1'));
    await epochOf(await start('twice/1'));
    expect(runsOf('twice/1').map(({ state }) => state)).toEqual(['CANCELED', 'RUNNING']);
  });

  it('does not count what the GPUs drew while pods were waited for', async () => {
    const driver = gpus();
    const run = await start('idle/1', undefined, driver);
    driver.draw('SIM-v100-0', 70);
    await epochOf(run);
    expect(run.outset).toEqual({ epochs: 0, seconds: 0, joules: -70 });
  });

  it.each([
    ['content', 'diverged', /after epoch 3/],
    ['breaks', 'infrastructure', /ended as FAILED/],
  ])('says how a run ended: %s', async (play, failure, detail) => {
    const failed = await failureOf(await start(`${play}/1`, spec(play)));
    expect(failed.failure).toBe(failure);
    expect(failed.detail).toMatch(detail);
  });

  it('calls a run preempted that somebody terminated', async () => {
    const run = await start('gone/1');
    await epochOf(run);
    await createPipelinesServer({ url: fake.url }).terminate(runsOf('gone/1')[0]!.run_id);
    expect(await failureOf(run)).toMatchObject({ failure: 'preempted' });
  });

  it.each([
    [{ pipeline: 'unknown' }, /ResourceNotFoundError.*mend the section trainer/],
    [{ version: 'v9' }, /no version|Cannot find version v9 of pipeline digits: it has v1/],
    [{ parameters: { play: 'trains' } }, /answered 400: parameter \w+ is missing/],
    [{ parameters: { size: 'b=${WATTBANDIT_BATCH_SIZE}' } }, /must be one of these in \$\{\} and nothing else/],
    [{ pipelin: 'x' }, /pipelin/],
  ])('refuses %j for good', async (section, message) => {
    const refused = start('refused/1', spec('trains', section));
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ nonRetryable: true, type: 'InvalidRequest' });
  });

  it('lets another try where the server is away', async () => {
    const server = createPipelinesServer({ url: 'http://127.0.0.1:1' });
    await expect(server.experiment('x')).rejects.not.toHaveProperty('nonRetryable');
  });
});

describe('the desk', () => {
  it('hears nobody without the token of a run', async () => {
    const answer = await fetch(`${desk.url}/reports`, {
      method: 'POST',
      body: '{"type":"epoch","epoch":1,"metric":1}',
    });
    expect(answer.status).toBe(410);
    expect(await answer.json()).toEqual({ stop: true });
  });
});

describe('what we and the server of these tests say', () => {
  const check = async (exchanges: readonly Exchange[]) => {
    const document = join(root, 'test', 'support', 'kubeflowPipelines.swagger.json');
    const file = join(directory, 'exchanges.json');
    writeFileSync(file, JSON.stringify(exchanges));
    return promisify(execFile)(python, [join(__dirname, 'checkExchanges.py'), document, file]);
  };

  it('is what the official document says', async () => {
    expect(fake.exchanges.length).toBeGreaterThan(30);
    const { stdout } = await check(fake.exchanges);
    expect(stdout).toBe(`${fake.exchanges.length} exchanges\n`);
  });

  it('would be found out if it were not', async () => {
    const asked = fake.exchanges.find(({ path, method }) => method === 'POST' && path.endsWith('/runs'))!;
    const misspelt = { ...asked, body: { ...(asked.body as object), displayname: 'x' } };
    await expect(check([misspelt])).rejects.toThrow(/displayname/);
  });

  it('is understood by Kubeflow’s own client', async () => {
    await epochOf(await start('official/1'));
    const { stdout } = await promisify(execFile)(python, [join(__dirname, 'officialClient.py'), fake.url]);
    expect(stdout).toMatch(/^wb-cifar100-official-1-\w+ RUNNING \['batch_size', 'play', 'wattbandit'\]$/m);
  });
});
