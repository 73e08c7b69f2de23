import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdInMemory } from '../../activities/gpu/hold';
import { ask, askId, slotAt, tell } from '../../workflows/messages';
import { type Bench, onBench } from '../support/bench';
import { buildCli, runCli } from '../support/cli';
import { jobSpec, observation } from '../support/job';
import { testAddress } from '../support/temporal';
import { createFeelingHardware, createWavingGrid } from '../support/waves';

beforeAll(buildCli, 120_000);

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-plot-'));
const fileNamed = (name: string) => join(directory, name);
const gpus = { model: 'V100', count: 1, powerLimitsWatts: [150, 250] };

/** One recurrence, told as it would tell of itself. */
async function recur({ bandit }: Bench, n: number) {
  const slot = slotAt(new Date(Date.UTC(2026, 10, 1, n)));
  const id = askId(slot, 1);
  const { batchSize } = await bandit().executeUpdate(ask, { args: [{ id, slot, attempt: 1, gpus }] });
  const measurements = gpus.powerLimitsWatts.map((powerLimitWatts) => ({
    ...{ batchSize, powerLimitWatts, source: 'profile' as const, averageWatts: powerLimitWatts },
    secondsPerEpoch: 10 + 2000 / batchSize,
  }));
  const told = observation({ id, slot, batchSize, powerLimitWatts: 150, epochs: 20 + batchSize / 64, measurements });
  await bandit().executeUpdate(tell, { args: [told] });
  return batchSize;
}

const marksIn = (svg: string) => [...svg.matchAll(/<title>batch size (\d+), (\d+) W: [^<]*<\/title>/g)];

describe('plot', () => {
  it('draws a job on the server, and the same out of its export', async () => {
    await onBench({}, async (bench) => {
      await bench.jobs.create(jobSpec({ job: bench.job }), { paused: true });
      const server = ['--address', testAddress()];
      const [fromJob, fromExport, history] = ['job.svg', 'export.svg', 'job.jsonl'].map(fileNamed) as [
        string,
        string,
        string,
      ];
      const early = await runCli(['plot', 'pareto', '--job', bench.job, '--out', fromJob, ...server]);
      expect(early).toMatchObject({ code: 4, stdout: '' });
      expect(early.stderr).toContain(`Cannot draw job ${bench.job}: no power limit was measured`);

      const tried: number[] = [];
      for (const n of [0, 1, 2]) tried.push(await recur(bench, n));
      const drawn = await runCli(['plot', 'pareto', '--job', bench.job, '--out', fromJob, ...server]);
      expect(drawn).toMatchObject({ code: 0, stdout: '' });
      expect(drawn.stderr).toContain(`drawn  ${fromJob}`);
      const svg = await readFile(fromJob, 'utf8');
      // Each limit of what ran, one prediction for each of the other sizes.
      expect(marksIn(svg)).toHaveLength(10 + new Set(tried).size * (gpus.powerLimitsWatts.length - 1));
      expect(svg).toContain(`chosen: batch size ${tried.at(-1)}, 150 W`);

      await runCli(['job', 'export', bench.job, '--out', history, ...server]);
      const again = await runCli(['plot', 'pareto', '--history', history, '--out', fromExport]);
      expect(again.code).toBe(0);
      expect(await readFile(fromExport, 'utf8')).toBe(svg);

      const carbon = await runCli(['plot', 'carbon', '--history', history, '--out', fileNamed('c.svg')]);
      expect(carbon).toMatchObject({ code: 4 });
      expect(carbon.stderr).toContain('none of the runs that can be read back followed a grid');
      await bench.jobs.delete(bench.job);
    });
  });

  it('draws the grid of a job with what was expected of it and the order that held, and the same out of its export', async () => {
    const { gpus: felt, trainer } = createFeelingHardware(6);
    const hardware = { gpus: felt, trainer, grid: createWavingGrid(1, [20, 3000], 400), holder: holdInMemory(felt) };
    await onBench({ ...hardware, overrides: { allowUnsigned: true } }, async ({ jobs, job }) => {
      const changes = { batchSizes: [64], defaultBatchSize: 64, maxEpochs: 7, carbon: {} };
      const spec = jobSpec({ job, ...changes, target: { metric: 'accuracy', value: 1 } });
      await jobs.create(spec, { paused: true });
      const run = await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1)));
      while ((await jobs.ledger(job)).slots.length === 0) await sleep(100);
      await jobs.setOverride(job, { order: { kind: 'eta', eta: 0.9 }, reason: 'INC-canary', who: 'ann' });
      await run.result();
      const server = ['--address', testAddress()];
      const [page, again, history] = ['grid.html', 'again.html', 'grid.jsonl'].map(fileNamed) as [
        string,
        string,
        string,
      ];
      const drawn = await runCli(['plot', 'carbon', '--job', job, '--out', page, ...server]);
      expect(drawn).toMatchObject({ code: 0, stderr: expect.stringContaining('drawn') });
      const html = await readFile(page, 'utf8');
      expect(html).toMatch(/class="expected"[^>]*><path/);
      expect(html).toContain('>#1 η 0.9</text>');
      expect(html).toContain('Order #1 held η: η 0.9, from ');
      expect(html).not.toContain('canary');
      expect(html).toContain('<th scope="col">Expected</th>\n<th scope="col">Orders</th>');

      expect((await runCli(['job', 'export', job, '--out', history, ...server])).code).toBe(0);
      expect(await runCli(['plot', 'carbon', '--history', history, '--out', again])).toMatchObject({ code: 0 });
      expect(await readFile(again, 'utf8')).toBe(html);
      await jobs.delete(job);
    });
    const unknown = ['plot', 'carbon', '--job', 'nobody', '--out', fileNamed('x.svg'), '--address', testAddress()];
    expect(await runCli(unknown)).toMatchObject({ code: 4, stderr: expect.stringContaining('Cannot find job nobody') });
  });

  it('draws what `simulate -o json` printed', async () => {
    const [results, page] = [fileNamed('results.json'), fileNamed('regret.html')];
    const lengths = ['--recurrences', '2,4,6', '--seeds', '2'];
    const played = await runCli(['simulate', '--gpu', 'v100', '--job', 'cifar100,squad', ...lengths, '-o', 'json']);
    await writeFile(results, played.stdout);
    expect(await runCli(['plot', 'regret', '--in', results, '--out', page])).toMatchObject({ code: 0 });
    const html = await readFile(page, 'utf8');
    expect(html).toContain('<h1>Cumulative regret, cifar100 on V100 and squad on V100</h1>');
    expect(html.match(/<tr><th scope="row">(wattbandit|zeus)<\/th>/g)).toHaveLength(6);
  });

  it.each([
    ['without a source', 2, ['pareto', '--out', 'x.svg'], 'error: give one of --job, --history, --trace'],
    ['of two sources', 2, ['regret', '--in', 'a', '--trace', 'b', '--out', 'x.svg'], 'give one of --in, --trace'],
    [
      'as a picture that it cannot draw',
      2,
      ['power', '--trace', 'zeus/v100/squad', '--out', 'x.gif'],
      'It must end in .svg, .html or .png.',
    ],
    ['of a file that is not there', 3, ['pareto', '--history', 'nowhere.jsonl', '--out', 'x.svg'], 'nowhere.jsonl'],
    [
      'of something else than results',
      3,
      ['regret', '--in', 'package.json', '--out', 'x.svg'],
      'not what `simulate -o json` prints',
    ],
    [
      'of a recording that is not there',
      3,
      ['pareto', '--trace', 'zeus/v100', '--out', 'x.svg'],
      'it must be written zeus/gpu/job',
    ],
    [
      'of a job that was not recorded',
      3,
      ['pareto', '--trace', 'zeus/v100/mnist', '--out', 'x.svg'],
      'Cannot simulate the job mnist',
    ],
    [
      'to where it cannot write',
      3,
      ['power', '--trace', 'zeus/v100/squad', '--out', '/nowhere/x.svg'],
      'Cannot write the picture to /nowhere/x.svg',
    ],
  ])('draws nothing %s', async (_, code, args, why) => {
    const ended = await runCli(['plot', ...args]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(why);
  });
});
