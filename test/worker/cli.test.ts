import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, buildCli, runCli } from '../support/cli';
import { testAddress } from '../support/temporal';

beforeAll(buildCli, 120_000);

const nowhere = '127.0.0.1:1';

describe('wattbandit', () => {
  it.each([
    ['an unknown command', ['jbo', 'list'], 'Did you mean job'],
    ['an unknown option', ['doctor', '--fix'], 'unknown option'],
    ['an unknown format', ['job', 'list', '-o', 'xml'], 'Allowed choices are text, json, jsonl, none'],
    ['a missing argument', ['job', 'describe'], "missing required argument 'job'"],
    ['an argument too many', ['job', 'list', 'cifar100'], 'too many arguments'],
    ['a number that is none', ['simulate', '--seeds', 'many'], 'whole number'],
    ['a deployment that Temporal refuses', ['worker', 'start', '--deployment', 'a.b'], 'letters, digits, dashes'],
    ['a slot that is no instant', ['decision', 'explain', 'cifar100', 'yesterday'], 'must be an instant'],
  ])('ends with 2 and says what is wrong for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  it.each([['--version'], ['--help'], ['job', '--help']])('ends with 0 for %s', async (...args) => {
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  });

  it('ends with 6 soon where no server is, naming address and remedy', async () => {
    const commands = [
      ['job', 'list'],
      ['job', 'describe', 'cifar100'],
      ['job', 'create', 'examples/cifar100.yaml'],
      ['decision', 'explain', 'cifar100'],
      ['worker', 'start', '--simulated', 'v100'],
    ];
    const startedAt = Date.now();
    const results = await Promise.all(commands.map((args) => runCli([...args, '--address', nowhere])));
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    for (const { code, stdout, stderr } of results) {
      expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
      expect(stderr).toContain(`Cannot reach Temporal at ${nowhere} (from --address)`);
      expect(stderr).toContain('TEMPORAL_ADDRESS');
    }
  });

  it('ends with 4 for a worker on a host without GPUs, saying why each driver finds none', async () => {
    const { code, stderr } = await runCli(['worker', 'start', '--address', testAddress()]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/Cannot find GPUs on this host: .*zeusd: .*nvml: .*amdgpu: .*nvidiaSmi: /);
    expect(stderr).toContain('--simulated');
  });

  it('ends with 3 for a build id of no deployment', async () => {
    const { code, stderr } = await runCli(['worker', 'start', '--build-id', '1.0', '--address', nowhere]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('say of which --deployment') });
  });

  it('takes flag before environment before default, and refuses an unknown profile', async () => {
    const [fromEnvironment, flagged, unknown] = await Promise.all([
      runCli(['job', 'list'], { TEMPORAL_ADDRESS: nowhere }),
      runCli(['job', 'list', '--address', '127.0.0.1:2'], { TEMPORAL_ADDRESS: nowhere }),
      runCli(['job', 'list', '--profile', 'nope']),
    ]);
    expect(fromEnvironment.stderr).toContain(`${nowhere} (from TEMPORAL_ADDRESS)`);
    expect(flagged.stderr).toContain('127.0.0.1:2 (from --address)');
    expect(unknown).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Cannot read the Temporal profile nope'),
    });
  });

  it('never prints the API key', async () => {
    const { stdout, stderr } = await runCli(['doctor', '--log-level', 'debug'], {
      TEMPORAL_ADDRESS: nowhere,
      TEMPORAL_API_KEY: 'open-sesame',
    });
    expect(stdout + stderr).not.toContain('sesame');
  });
});

describe('demo', () => {
  it('ends with 3 and names the remedy where it cannot keep its state', async () => {
    const { code, stderr } = await runCli(['demo'], { WATTBANDIT_STATE: join(__filename, 'state') });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Cannot keep state in .*; name a writable directory by WATTBANDIT_STATE\.$/m);
  });
});

describe('config', () => {
  it('finds the example valid', async () => {
    const { code, stdout } = await runCli(['config', 'check', 'examples/cifar100.yaml', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, files: [{ valid: true, job: 'cifar100' }] });
  });

  it('lists what is wrong, each with its place, and ends with 3', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'wattbandit-')), 'bad.yaml');
    await writeFile(file, 'version: 1\njob: "a\\u001b[2J"\nbatchSises: [8]\n');
    const { code, stderr } = await runCli(['config', 'check', file]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `${file}:3:1  batchSises\n  got batchSises, must be a known key\n  did you mean batchSizes?`,
    );
    expect(stderr).not.toContain('\u001b');
    const { code: jsonCode, stdout } = await runCli(['config', 'check', file, '-o', 'jsonl']);
    expect(jsonCode).toBe(3);
    expect(JSON.parse(stdout).problems).toContainEqual(
      expect.objectContaining({ line: 3, column: 1, path: 'batchSises' }),
    );
  });

  it.each(['no-such.yaml', 'worker', 'package.json'])('ends with 3 for %s', async (file) => {
    expect((await runCli(['config', 'check', file])).code).toBe(3);
  });

  it('prints a JSON Schema that knows the keys of a job', async () => {
    const { stdout } = await runCli(['config', 'schema']);
    const schema = JSON.parse(stdout);
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['batchSizes', 'objective', 'trainer']));
    expect(schema.required).not.toContain('objective');
    expect(JSON.parse((await runCli(['config', 'schema', 'worker'])).stdout).properties).toHaveProperty('hardware');
  });
});

describe('doctor', () => {
  it('ends with 8 and names the remedy where Temporal is away', async () => {
    const { code, stdout } = await runCli(['doctor', '--address', nowhere, '--json']);
    expect(code).toBe(8);
    const { checks } = JSON.parse(stdout);
    const stateOf = (name: string) => checks.find(({ check }: { check: string }) => check === name)?.state;
    expect(['Node', 'protobufjs', 'Simulated hardware', 'Temporal'].map(stateOf)).toEqual([
      'pass',
      'pass',
      'pass',
      'fail',
    ]);
    expect(checks.at(-1).fix).toContain('temporal server start-dev');
  });
});

describe('simulate', () => {
  const small = ['simulate', '--gpu', 'v100', '--job', 'cifar100', '--seeds', '2', '--recurrences', '10'];

  it('prints a table', async () => {
    const { code, stdout, stderr } = await runCli(small);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^v100 +cifar100 +wattbandit +10 /m);
    expect(stdout).toMatch(/^v100 +cifar100 +zeus +10 /m);
    expect(stdout).not.toContain('\u001b');
  });

  it('prints the same report as JSON every time', async () => {
    const [first, second] = await Promise.all([runCli([...small, '--json']), runCli([...small, '-o', 'jsonl'])]);
    const report = JSON.parse(first.stdout);
    expect(JSON.parse(second.stdout)).toEqual(report);
    expect(report).toMatchObject({ schemaVersion: 1, results: [{ policy: 'wattbandit' }, { policy: 'zeus' }] });
  });

  it.each<[string, string[], number, string]>([
    ['a job that is not recorded', ['--job', 'cifar10'], 3, 'share cifar100'],
    ['a GPU that is not recorded', ['--gpu', 'h100'], 3, 'h100'],
    ['a directory without recordings', ['--traces', 'docs/none'], 3, 'docs/none'],
    ['an unknown policy', ['--policy', 'luck'], 3, 'luck'],
    ['an unknown target', ['--gpu', 'v100', '--target', 'cifar100=0.61'], 3, '0.61'],
    ['a GPU for synthetic jobs', ['--synthetic', '2', '--gpu', 'v100'], 2, 'cannot be used with'],
    ['η above 1', ['--eta', '1.4'], 2, 'from 0 to 1'],
  ])('refuses %s', async (_what, args, code, says) => {
    const ended: Ended = await runCli(['simulate', '--seeds', '1', '--recurrences', '2', ...args]);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(says);
  });
});

describe('simulate carbon', () => {
  const small = [
    'simulate',
    'carbon',
    '--zone',
    'CISO',
    '--curve',
    'a40-resnet50-b128',
    '--mode',
    'tuned',
    '--starts',
    '5',
  ];

  it('prints a table of every policy', async () => {
    const { code, stdout } = await runCli([...small, '--slowdown', '0.025']);
    expect(code).toBe(0);
    for (const policy of ['static', 'chase', 'wattbandit', 'oracle'])
      expect(stdout).toMatch(new RegExp(`^CISO +a40-resnet50-b128 +tuned +2\\.5 % +${policy} `, 'm'));
  });

  it('prints fractions as JSON, of zones and curves that were asked for', async () => {
    const options = ['--traces', 'data/carbon', '--power', 'data/zeus', '--policy', 'static', '-o', 'json'];
    const { code, stdout } = await runCli([...small, ...options]);
    expect(code).toBe(0);
    const { results } = JSON.parse(stdout);
    expect(results.map((one: { slowdown: number }) => one.slowdown)).toEqual([0.01, 0.025, 0.05]);
    expect(results[1]).toMatchObject({
      zone: 'CISO',
      policy: 'static',
      mode: 'tuned',
      gapClosed: expect.closeTo(0, 6),
    });
    expect(results[1].carbonVsMaxPower).toBeCloseTo(-0.135, 1);
  });

  it.each<[string, string[], number, string]>([
    ['a directory without grids', ['--traces', 'docs/none'], 3, 'there is no directory docs/none'],
    ['a zone that is not recorded', ['--zone', 'MARS'], 3, 'has AUS_QLD, CISO'],
    ['a curve that is not recorded', ['--curve', 'h100'], 3, 'Cannot simulate h100'],
    ['an unknown policy', ['--policy', 'luck'], 2, 'There is no luck'],
    ['a slow-down in per cent', ['--slowdown', '2.5'], 3, 'slowdown is 2.5 and must be'],
  ])('refuses %s', async (_what, args, code, says) => {
    const ended: Ended = await runCli([...small, ...args]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(says);
  });
});
