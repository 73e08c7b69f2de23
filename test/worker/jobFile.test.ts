import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJobFile, readJobFile } from '../../worker/jobFile';
import { type Problem, InvalidFile } from '../../worker/invalidFile';

const example = 'examples/cifar100.yaml';

const valid = `version: 1
job: demo
batchSizes: [8, 16, 32]
defaultBatchSize: 16
maxEpochs: 100
target: { metric: accuracy, value: 0.6 }
trainer: { kind: simulated, dataset: cifar100 }
`;

function problemsOf(text: string): readonly Problem[] {
  try {
    parseJobFile(text, 'job.yaml');
  } catch (error) {
    if (error instanceof InvalidFile) return error.problems;
    throw error;
  }
  return [];
}

function only(text: string): Problem {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

async function problemOfFile(content: string | Uint8Array): Promise<Problem> {
  const file = join(await mkdtemp(join(tmpdir(), 'wattbandit-')), 'job.yaml');
  await writeFile(file, content);
  return problemOfPath(file);
}

async function problemOfPath(file: string): Promise<Problem> {
  const error: unknown = await readJobFile(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof InvalidFile)) throw new Error(`${file} was accepted`);
  return error.problems[0]!;
}

describe('readJobFile', () => {
  it('reads the example and fills in every default', async () => {
    const spec = await readJobFile(example);
    expect(spec).toMatchObject({
      job: 'cifar100',
      defaultBatchSize: 1024,
      objective: { eta: 0.5 },
      policy: { name: 'wattbandit' },
      schedule: { every: 3600, overlap: 'skip' },
      lease: 86_400,
    });
  });

  it.each([
    ['a directory', '.'],
    ['no such file', 'no/such.yaml'],
    ['no such file', `${example}/below`],
    ['more than 1 MiB', '/dev/zero'],
  ])('finds %s at %s', async (got, file) => {
    expect(await problemOfPath(file)).toMatchObject({ file, line: null, got });
  });

  it.each([
    ['binary data', Uint8Array.of(0xff, 0xfe, 0x00, 0x80)],
    ['binary data', 'version: 1\0'],
    ['more than 1 MiB', `# ${'x'.repeat(1024 * 1024)}`],
    ['an empty file', ''],
    ['an empty file', '# only a remark\n'],
  ])('refuses %s', async (got, content) => {
    expect(await problemOfFile(content)).toMatchObject({ got });
  });
});

describe('parseJobFile', () => {
  it('accepts a job file, whose batch sizes it sorts', () => {
    const spec = parseJobFile(valid.replace('[8, 16, 32]', '[32, 8, 16]'), 'job.yaml');
    expect(spec.batchSizes).toEqual([8, 16, 32]);
  });

  it('names place, value, rule and remedy', () => {
    expect(() => parseJobFile(`${valid}objective:\n  eta: 1.4\n`, 'job.yaml')).toThrow(
      'job.yaml:9:8  objective.eta\n  got 1.4, must be at most 1\n  see `wattbandit config schema`',
    );
  });

  it.each([
    ['defaultBatchSise', valid.replace('defaultBatchSize', 'defaultBatchSise'), 'defaultBatchSize'],
    ['objective.etta', `${valid}objective: { etta: 0.5 }\n`, 'eta'],
    ['schedule.evry', `${valid}schedule: { evry: 1h }\n`, 'every'],
    ['policy.trustRegoin', `${valid}policy: { name: wattbandit, trustRegoin: cautious }\n`, 'trustRegion'],
  ])('suggests the key meant by %s', (path, text, meant) => {
    const problem = problemsOf(text).find((at) => at.path === path);
    expect(problem?.remedy).toContain(`did you mean ${meant}?`);
  });

  it('counts in good grammar', () => {
    expect(problemsOf(valid.replace('[8, 16, 32]', '[]'))[0]?.rule).toBe('must have at least 1 entry');
  });

  it('suggests the value meant', () => {
    expect(only(`${valid}schedule: { overlap: skpi }\n`).remedy).toContain('did you mean skip?');
    expect(only(`${valid}policy: { name: zeuss }\n`).rule).toBe('must be one of wattbandit, zeus');
  });

  it.each([
    ['default outside the list', valid.replace('defaultBatchSize: 16', 'defaultBatchSize: 17'), 4, 19, '17'],
    ['the same batch size twice', valid.replace('[8, 16, 32]', '[16, 16]'), 3, 13, '[16, 16]'],
    ['a negative batch size', valid.replace('[8, 16', '[-8, 16'), 3, 14, '-8'],
    ['a batch size with a fraction', valid.replace('[8, 16', '[8.5, 16'), 3, 14, '8.5'],
    ['no epochs', valid.replace('maxEpochs: 100', 'maxEpochs: 0'), 5, 12, '0'],
    ['a number in quotes', valid.replace('maxEpochs: 100', 'maxEpochs: "100"'), 5, 12, '"100"'],
    ['a target that is not a number', valid.replace('0.6', '.nan'), 6, 36, '.nan'],
    ['an endless lease', `${valid}lease: .inf\n`, 8, 8, '.inf'],
    ['a lease in parsecs', `${valid}lease: 3 parsecs\n`, 8, 8, '3 parsecs'],
    ['a negative window', `${valid}policy: { name: zeus, window: -3 }\n`, 8, 31, '-3'],
    ['β below one', `${valid}policy: { name: zeus, beta: 0.5 }\n`, 8, 29, '0.5'],
    ['another version', valid.replace('version: 1', 'version: 2'), 1, 10, '2'],
    ['a job id with a slash', valid.replace('job: demo', 'job: a/b'), 2, 6, 'a/b'],
    ['every and cron', `${valid}schedule: { every: 1h, cron: "0 * * * *" }\n`, 8, 30, '"0 * * * *"'],
    ['a list for a map', valid.replace('{ metric: accuracy, value: 0.6 }', '[1, 2]'), 6, 9, '[1, 2]'],
    ['a text instead of a job', 'hello', 1, 1, 'hello'],
    ['a list instead of a job', '- 1\n- 2\n', 1, 1, 'a list'],
    ['a missing key', valid.replace('maxEpochs: 100\n', ''), 1, 1, 'nothing'],
    ['a key given twice', `${valid}maxEpochs: 5\n`, 8, 1, 'maxEpochs a second time'],
    ['a tag', valid.replace('job: demo', 'job: !!binary aGVsbG8='), 2, 6, '!!binary'],
    ['a tag of another language', valid.replace('job: demo', 'job: !!js/function x'), 2, 6, '!!js/function'],
    ['an alias', valid.replace('job: demo', 'job: &a demo').replace('metric: accuracy', 'metric: *a'), 6, 19, '*a'],
  ])('refuses %s and says where', (_what, text, line, column, got) => {
    expect(only(text)).toMatchObject({ file: 'job.yaml', line, column, got });
  });

  it('lists all problems at once, in the order of the file', () => {
    const text = valid.replace('version: 1', 'version: 3').replace('maxEpochs: 100', 'maxEpochs: -1');
    expect(problemsOf(`${text}polisy: {}\n`).map((at) => at.path)).toEqual(['version', 'maxEpochs', 'polisy']);
  });

  it('refuses a bomb of aliases at once', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(problemsOf(bomb.join('\n'))[0]?.rule).toContain('aliases are not allowed');
  });

  it('refuses nesting without end', () => {
    expect(problemsOf('['.repeat(50_000))).not.toHaveLength(0);
  });

  it('refuses YAML that does not parse', () => {
    expect(problemsOf('a: [1\nb: 2')[0]).toMatchObject({ line: 2, rule: expect.stringContaining('valid YAML') });
    expect(problemsOf(`${valid}---\n${valid}`)).not.toHaveLength(0);
  });

  it('takes a key named __proto__ for unknown', () => {
    expect(only(`${valid}__proto__: { eta: 1 }\n`).path).toBe('__proto__');
  });
});
