/** Runs of a pipeline as training: a server that behaves as Kubeflow's does, steps that really run and report. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createPipelinesTrainer } from '../../activities/training/kubeflowPipelines/kubeflowPipelines';
import { createPipelinesServer } from '../../activities/training/kubeflowPipelines/pipelinesServer';
import { type RunNote, createRunNotes } from '../../activities/training/kubeflowPipelines/runNotes';
import { type ReportDesk, openReportDesk } from '../../activities/training/reportDesk';
import type { TrainingRun } from '../../activities/training/trainer';
import { failureOf } from '../activities/processBench';
import { describeTrainer } from '../activities/trainerContract';
import { jobSpec } from '../support/job';
import { type Exchange, type FakeRun, PipelinesFake } from '../support/pipelinesFake';

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
const kubeflow = () => createPipelinesServer({ url: fake.url });
const notes = createRunNotes(join(directory, 'notes'));
const trainer = (driver = gpus(), at = desk) =>
  createPipelinesTrainer({ server: kubeflow(), desk: at, notes, gpus: driver, node: 'node-a' });

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
    const [{ runtime_config: config }] = runsOf('told/1') as [FakeRun];
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

  it('ends what an earlier start left before it starts another, where nobody noted it: one run trains', async () => {
    const first = await start('twice/1');
    await epochOf(first);
    const [{ display_name: name }] = runsOf('twice/1') as [FakeRun];
    await notes.forget(name);
    await epochOf(await start('twice/1'));
    expect(runsOf('twice/1').map(({ state }) => state)).toEqual(['CANCELED', 'RUNNING']);
  });

  it('leaves a run to whoever took it over', async () => {
    const first = await start('taken/1');
    await epochOf(first);
    const second = await start('taken/1');
    await first.stop();
    await epochOf(second);
    expect(runsOf('taken/1').map(({ state }) => state)).toEqual(['RUNNING']);
    await second.stop();
    expect(runsOf('taken/1').map(({ state }) => state)).toEqual(['SUCCEEDED']);
    expect(await notes.tokens()).toEqual([]);
  });

  /** As the process of a worker that dies, and another one that begins in its place. */
  async function deskAfterDeath(of: ReportDesk): Promise<ReportDesk> {
    await of.close();
    const { port } = new URL(of.url);
    return openReportDesk({ host: '127.0.0.1', port: Number(port), awaited: await notes.tokens() });
  }

  it('goes on with a run of a worker that died, with all that it reported and drew meanwhile', async () => {
    const driver = gpus();
    const dead = await openReportDesk({ host: '127.0.0.1', port: 0 });
    const first = await trainer(driver, dead).start({ id: 'dies/1', spec: spec('trains'), batchSize: 32, gpuUuids });
    started.push(first);
    driver.draw('SIM-v100-0', 70);
    await epochOf(first);
    driver.draw('SIM-v100-0', 500);
    const desk2 = await deskAfterDeath(dead);
    // Reports that nobody hears yet are kept.
    await sleep(500);
    const second = await trainer(driver, desk2).start({ id: 'dies/1', spec: spec('trains'), batchSize: 32, gpuUuids });
    started.push(second);
    expect(runsOf('dies/1').map(({ state }) => state)).toEqual(['RUNNING']);
    expect(second.outset).toMatchObject({ joules: 500 });
    expect(second.outset!.epochs).toBeGreaterThan(1);
    expect(second.outset!.seconds).toBeGreaterThan(0.5);
    const { epoch } = await epochOf(second);
    expect(epoch).toBe(2);
    await second.stop();
    expect(runsOf('dies/1').map(({ state }) => state)).toEqual(['SUCCEEDED']);
    await desk2.close();
  });

  it('begins anew where what its GPUs drew is not known any more', async () => {
    const dead = await openReportDesk({ host: '127.0.0.1', port: 0 });
    const first = await trainer(gpus(), dead).start({ id: 'lost/1', spec: spec('trains'), batchSize: 32, gpuUuids });
    started.push(first);
    await epochOf(first);
    const [noted] = (await Promise.all(runsOf('lost/1').map(({ display_name: name }) => notes.read(name)))) as [
      RunNote,
    ];
    // The host was started anew, and its counters with it.
    const before = { at: noted.began!.at, joules: { 'SIM-v100-0': 1e9 } };
    await notes.write(runsOf('lost/1')[0]!.display_name, { ...noted, began: before });
    const desk2 = await deskAfterDeath(dead);
    const second = await trainer(gpus(), desk2).start({ id: 'lost/1', spec: spec('trains'), batchSize: 32, gpuUuids });
    started.push(second);
    expect(runsOf('lost/1').map(({ state }) => state)).toEqual(['CANCELED', 'RUNNING']);
    await epochOf(second);
    await second.stop();
    await desk2.close();
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
    await kubeflow().terminate(runsOf('gone/1')[0]!.run_id);
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
