import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../policy/random';
import { expectedEpochs } from '../../simulation/references';
import { listGpuModels, loadTraces, type TraceOptions } from '../../simulation/traces';
import type { TraceWorld } from '../../simulation/traceWorld';

const data = join(__dirname, '../../data/zeus');

const train = `dataset,network,batch_size,optimizer,learning_rate,run,target_metric,target_epoch
digits,mlp,8,sgd,1e-1,1,0.9,4
digits,mlp,8,sgd,1e-1,2,0.9,6
digits,mlp,16,sgd,2e-1,1,0.9,nan
digits,mlp,16,sgd,2e-1,2,0.9,5
digits,mlp,32,sgd,4e-1,1,0.9,
digits,mlp,8,sgd,1e-1,1,0.8,2
digits,mlp,16,sgd,2e-1,1,0.8,3
`;
const power = `dataset,network,batch_size,optimizer,power_limit,time_per_epoch,average_power
digits,mlp,8,sgd,250,10,200
digits,mlp,8,sgd,100,20,100
digits,mlp,16,sgd,100,15,90
digits,mlp,16,sgd,250,8,210
digits,mlp,64,sgd,250,5,240
`;

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'traces-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** null: not there. */
function write(files: Record<string, string | null>): void {
  for (const [file, text] of Object.entries(files)) if (text !== null) writeFileSync(join(directory, file), text);
}

function load(options: TraceOptions = {}, gpu = 'h100'): readonly TraceWorld[] {
  return loadTraces(directory, gpu, options);
}

const digits: TraceOptions = { target: 0.9, defaultBatchSize: 16, maxEpochs: 10 };

describe('loadTraces', () => {
  it('joins the two files and says what it left out', () => {
    write({ 'summary_train.csv': train, 'summary_power_h100.csv': power });
    const world = load(digits)[0]!;
    expect(world.job).toEqual({ id: 'digits', batchSizes: [8, 16], defaultBatchSize: 16, maxEpochs: 10 });
    expect(world.gpus).toEqual({ model: 'h100', count: 1, powerLimitsWatts: [100, 250] });
    expect(world.excludedBatchSizes).toEqual([32, 64]);
    expect(world.measure(16, 250)).toMatchObject({ secondsPerEpoch: 8, averageWatts: 210 });
    expect(world.measure(8, 175)).toEqual({ secondsPerEpoch: 15, averageWatts: 150 });
    expect(world.measure(8, 300)).toMatchObject({ secondsPerEpoch: 10 });
    expect(world.outcomesOf(16)).toEqual([null, 5]);
    expect(expectedEpochs(world, 8)).toBe(5);
    expect(expectedEpochs(world, 16)).toBe(15);
  });

  it('draws every recorded run equally often', () => {
    write({ 'summary_train.csv': train, 'summary_power_h100.csv': power });
    const world = load(digits)[0]!;
    const random = createRandom(1);
    const four = Array.from({ length: 10_000 }, () => world.drawEpochs(8, random)).filter((epochs) => epochs === 4);
    // Five standard errors: a false alarm in two million generators.
    expect(Math.abs(four.length - 5_000)).toBeLessThan(5 * 50);
  });

  it("takes Zeus's metadata for Zeus's jobs", () => {
    const summary = loadTraces(data, 'v100').map(({ job }) => [
      job.id,
      job.defaultBatchSize,
      job.maxEpochs,
      job.batchSizes.length,
    ]);
    expect(summary).toEqual([
      ['cifar100', 1024, 100, 10],
      ['imagenet', 256, 100, 5],
      ['librispeech', 192, 16, 15],
      ['movielens-1m', 1024, 100, 13],
      ['squad', 32, 6, 7],
      ['sentiment140', 128, 10, 5],
    ]);
  });

  it('caps the default batch size by what the GPU holds', () => {
    const librispeech = loadTraces(data, 'rtx6000', { jobs: ['librispeech'] })[0]!;
    expect(librispeech.job.defaultBatchSize).toBe(128);
    const asked = loadTraces(data, 'v100', { jobs: ['cifar100'], defaultBatchSize: 1_000_000 })[0]!;
    expect(asked.job.defaultBatchSize).toBe(4096);
  });

  it('believes options over jobs.json, and jobs.json over what is built in', () => {
    write({ 'summary_train.csv': train, 'summary_power_h100.csv': power });
    write({ 'jobs.json': '{"digits":{"target":0.9,"maxEpochs":7,"defaultBatchSize":8,"samplesPerEpoch":1000}}' });
    expect(load()[0]).toMatchObject({ target: 0.9, samplesPerEpoch: 1000, job: { maxEpochs: 7, defaultBatchSize: 8 } });
    const overridden = load({ target: { digits: 0.8 }, maxEpochs: 9 })[0]!;
    expect(overridden).toMatchObject({ target: 0.8, job: { maxEpochs: 9 } });
    expect(overridden.neighbours?.()).toMatchObject([{ target: 0.9 }]);
  });

  it('lists the GPU models of a directory', () => {
    expect(listGpuModels(data)).toEqual(['a40', 'rtx6000', 'v100']);
  });
});

describe('what is wrong with traces is said precisely', () => {
  const line = 'digits,mlp,8,sgd,1e-1,1,0.9,4';
  it.each<[string, Record<string, string | null>, TraceOptions, string]>([
    ['a missing file', { 'summary_train.csv': null }, digits, 'there is no file summary_train.csv in'],
    ['a missing GPU', { 'summary_power_h100.csv': null, 'summary_power_a10.csv': power }, digits, 'has a10.'],
    ['an empty file', { 'summary_train.csv': '' }, digits, 'Cannot read summary_train.csv: it is empty'],
    [
      'a missing column',
      { 'summary_train.csv': train.replace('target_epoch', 'epoch') },
      digits,
      'Cannot read summary_train.csv: column target_epoch is missing',
    ],
    [
      'a truncated line',
      { 'summary_train.csv': train.replace(line, 'digits,mlp,8,sg') },
      digits,
      'Cannot read summary_train.csv:2: "digits,mlp,8,sg" has 4 fields where the header has 8',
    ],
    [
      'a file cut off within its last number',
      { 'summary_power_h100.csv': power.trimEnd().slice(0, -1) },
      digits,
      'its last line does not end, so the file may be cut off',
    ],
    [
      'a value that is no number',
      { 'summary_power_h100.csv': power.replace('8,sgd,100,20,', '8,sgd,100,fast,') },
      digits,
      'Cannot read summary_power_h100.csv:3: time_per_epoch is "fast" and must be a number',
    ],
    [
      'half an epoch',
      { 'summary_train.csv': train.replace('0.9,6', '0.9,6.5') },
      digits,
      'Cannot read summary_train.csv:3: target_epoch is "6.5" and must be a whole positive number',
    ],
    [
      'a negative power',
      { 'summary_power_h100.csv': power.replace(',200', ',-200') },
      digits,
      ':2: average_power is "-200"',
    ],
    [
      'an unclosed quote',
      { 'summary_train.csv': train.replace('mlp', '"mlp') },
      digits,
      'Cannot read summary_train.csv: ',
    ],
    ['an unknown target', {}, { ...digits, target: 0.7 }, 'the file does not have 0.7; choose from 0.8, 0.9.'],
    [
      'no target',
      {},
      { ...digits, target: undefined },
      'Cannot set the target of digits: it needs one; choose from 0.8, 0.9.',
    ],
    [
      'a target for an unknown job',
      {},
      { ...digits, target: { cifar: 1 } },
      'Cannot set target of cifar: the traces have digits.',
    ],
    ['an unknown job', {}, { ...digits, jobs: ['cifar'] }, 'Cannot simulate the job cifar: '],
    ['no default', {}, { ...digits, defaultBatchSize: undefined }, 'it needs one; choose from 8, 16.'],
    ['a default below every size', {}, { ...digits, defaultBatchSize: 4 }, '4 is not recorded; choose from 8, 16.'],
    ['a default between two sizes', {}, { ...digits, defaultBatchSize: 12 }, '12 is not recorded; choose from 8, 16.'],
    ['no epoch limit', {}, { ...digits, maxEpochs: undefined }, 'give --max-epochs or a jobs.json.'],
    ['half an epoch limit', {}, { ...digits, maxEpochs: 2.5 }, '2.5 is not a whole number above 0'],
    ['a jobs.json that is no JSON', { 'jobs.json': '{' }, digits, 'Cannot read jobs.json: it is not JSON.'],
    ['a misspelt setting', { 'jobs.json': '{"digits":{"maxEpoch":3}}' }, digits, 'Unrecognized key: "maxEpoch"'],
    [
      'nothing in common',
      { 'summary_power_h100.csv': power.replaceAll('mlp', 'cnn') },
      digits,
      'is in summary_train.csv',
    ],
  ])('%s', (_, files, options, message) => {
    write({ 'summary_train.csv': train, 'summary_power_h100.csv': power, ...files });
    expect(() => load(options)).toThrow(message);
  });

  it('names the line even after blank ones', () => {
    write({ 'summary_train.csv': train.replace('\ndigits', '\n\n\ndigits').replace('0.9,4', '0.9,four') });
    write({ 'summary_power_h100.csv': power });
    expect(() => load(digits)).toThrow('summary_train.csv:4: target_epoch is "four"');
  });

  it('reads files from Windows', () => {
    write({ 'summary_train.csv': `\uFEFF${train.replaceAll('\n', '\r\n')}`, 'summary_power_h100.csv': power });
    expect(load(digits)[0]?.outcomesOf(8)).toEqual([4, 6]);
  });
});
