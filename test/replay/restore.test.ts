/** What is refused before a job is made of it. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobSpecSchema } from '../../workflows/contracts';
import { jsonOf } from '../../activities/json';
import { restoreFrom } from '../../worker/replay/restore';
import { temporaryFile } from '../support/zeusDatabase';

const example = readFileSync(join(__dirname, '..', '..', 'examples', 'experiments', 'retrain.jsonl'), 'utf8');
const [first = '', ...rest] = example.trimEnd().split('\n').slice(0, -1);
const anonymous = JSON.parse(first);
const named = { ...anonymous, provenance: { ...anonymous.provenance, anonymised: false } };
const spec = jobSpecSchema.parse(anonymous.spec);

function fileOf(lines: readonly unknown[]): string {
  const file = temporaryFile('log.jsonl');
  const body = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  writeFileSync(file, `${body}${JSON.stringify({ type: 'end', sha256 })}\n`);
  return file;
}

describe('restoreFrom', () => {
  it('gives what the job knew at the end of its log', async () => {
    const { input, verified } = await restoreFrom(fileOf([named, ...rest]), spec);
    expect(verified).toMatchObject({ decisions: 48, diverged: 0 });
    expect(input.ledger!.totals).toMatchObject({ decisions: 48, told: 48, counted: 48 });
    expect(input.since).toHaveLength(48 - 32);
    expect(input.spec).toBe(spec);
  });

  it.each([
    ['is anonymised', anonymous, spec, /it was anonymised/],
    ['is of another job', named, { ...spec, job: 'other' }, /it is of job anonymous/],
    ['had other batch sizes', named, { ...spec, batchSizes: [64, 1024] }, /batchSizes was .* there and is \[64,1024\]/],
    ['had another target', named, { ...spec, target: { ...spec.target, value: 0.7 } }, /target was/],
  ])('refuses a log that %s', async (_what, header, here, why) => {
    await expect(restoreFrom(fileOf([header, ...rest]), here)).rejects.toMatchObject({
      ...{ remedy: 'invalid', message: expect.stringMatching(why) },
    });
  });

  const slot = { slot: '2021-07-01T00:00:00Z', state: { kind: 'open' }, attempts: [] };
  it.each([
    ['a ledger without sums', { since: [], ledger: { slots: [slot] } }],
    ['slots that are none', { since: [], ledger: { slots: [null], totals: {} } }],
    ['a memory of another version', { since: [], memory: { version: 9 } }],
    ['no observations', { since: 7 }],
  ])('refuses a log that begins with %s', async (_what, input) => {
    await expect(restoreFrom(fileOf([named, { type: 'begun', input }, ...rest]), spec)).rejects.toMatchObject({
      remedy: 'invalid',
    });
  });

  it('refuses an observation that counts and cannot be true', async () => {
    const forged = rest.map((line) => line.replace(/"epochs":\d+/, '"epochs":-1'));
    expect(forged.map(jsonOf)).not.toContain(undefined);
    await expect(restoreFrom(fileOf([named, ...forged]), spec)).rejects.toThrow(/line 3: .*numbers that can be true/);
  });
});
