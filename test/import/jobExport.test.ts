import { writeFileSync } from 'node:fs';
import { exportLines } from '../../worker/export';
import { sealed } from '../../worker/exportFormat';
import { readJobExport } from '../../worker/import/jobExport';
import { emptyLedger, withDecision, withObservation } from '../../workflows/ledger';
import type { Observation } from '../../policy/facts';
import type { Facts, Ledger } from '../../workflows/messages';
import { decision, jobSpec, observation } from '../support/job';
import { temporaryFile } from '../support/zeusDatabase';

const slots = ['2021-07-01T00:00:00Z', '2021-07-01T01:00:00Z'];
const measured = {
  batchSize: 1024,
  powerLimitWatts: 200,
  secondsPerEpoch: 10,
  averageWatts: 150,
  source: 'profile',
} as const;
const runs: readonly Observation[] = slots.map((slot) =>
  observation({ id: `${slot}/1`, slot, measurements: [measured], detail: '\u001b[31m' }),
);
const spec = jobSpec({ trainer: { kind: 'process', command: ['train', '--token', 'canary'] } });
const memory = {
  version: 1,
  gpus: {
    V100: { runs: 1, outOfMemory: null, sizes: { 512: { swept: false, limits: { 200: [9, 140] }, windows: [] } } },
  },
};

function ledgerOf(answers: readonly object[]): Ledger {
  return runs.reduce((ledger, of, index) => {
    const request = {
      id: of.id,
      slot: of.slot,
      attempt: 1,
      gpus: { model: 'V100', count: 1, powerLimitsWatts: [200] },
    };
    const attempt = { decision: decision({ id: of.id }), decidedAt: of.slot, leaseExpiresAt: '2030-01-01T00:00:00Z' };
    const answer = { counted: true, retry: false, ...answers[index] };
    return withObservation(withDecision(ledger, request, attempt), { ...of, measurements: [] }, answer, of.slot);
  }, emptyLedger);
}

function exported({
  answers = [{}, {}],
  facts = {},
}: { answers?: readonly object[]; facts?: Partial<Facts> } = {}): string {
  const known: Facts = { spec, memory, since: [runs[1]!], ...facts };
  const lines = exportLines({ facts: known, ledger: ledgerOf(answers), exportedAt: '2021-07-02T00:00:00Z' });
  return sealed(lines.map((line) => JSON.stringify(line)));
}

function file(text: string): string {
  const path = temporaryFile('export.jsonl');
  writeFileSync(path, text);
  return path;
}

describe('job export', () => {
  it('has header, measurements, observations, decisions and a checksum, and nothing of the trainer', () => {
    const lines = exported().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type ?? JSON.parse(line).format)).toEqual([
      'wattbandit-export',
      'measurements',
      'observation',
      'observation',
      'decision',
      'decision',
      'end',
    ]);
    expect(exported()).not.toContain('canary');
  });
});

describe('readJobExport', () => {
  it('reads what was exported: each run with the facts that another job may learn from', async () => {
    const { donor, rows } = await readJobExport(file(exported()));
    expect(donor).toEqual({ name: 'job cifar100', target: spec.target, gpuCount: 1 });
    const [measurements, older, latest] = rows.map((row) => (row.kind === 'read' ? row.facts : row));
    expect(measurements).toMatchObject({
      batchSize: 512,
      outcome: 'operator',
      measurements: [{ batchSize: 512, powerLimitWatts: 200, secondsPerEpoch: 9, averageWatts: 140, source: 'probe' }],
    });
    expect(older).toMatchObject({ batchSize: 1024, epochs: 40, at: slots[0], measurements: [] });
    expect(latest).toMatchObject({ epochs: 40, at: slots[1], measurements: [measured] });
    expect(rows).toHaveLength(3);
  });

  it('knows a run again after the donor forgot its single measurements', async () => {
    const key = async (text: string) => {
      const row = (await readJobExport(file(text))).rows.at(-1)!;
      return row.kind === 'read' ? row.key : undefined;
    };
    expect(await key(exported({ facts: { since: [] } }))).toBe(await key(exported()));
  });

  it('drops what was quarantined there', async () => {
    const { rows } = await readJobExport(
      file(exported({ answers: [{ counted: false, quarantinedBecause: 'joules is null' }, {}] })),
    );
    expect(rows[1]).toEqual({ kind: 'dropped', place: 'line 3', why: 'was quarantined there: joules is null' });
  });

  it('exports runs also where the policy remembers in a form of its own', async () => {
    const { rows } = await readJobExport(file(exported({ facts: { memory: { version: 7 } } })));
    expect(rows).toHaveLength(2);
  });

  const lines = (...more: readonly unknown[]) => {
    const [header] = exported().split('\n');
    return sealed([header!, ...more.map((line) => JSON.stringify(line))]);
  };

  it('drops a line that is none, and says why', async () => {
    const { rows } = await readJobExport(
      file(lines({ type: 'poem' }, { type: 'observation', observation: { ...runs[0], joules: -1 } }, null)),
    );
    expect(rows.map((row) => row.kind === 'dropped' && `${row.place}: ${row.why}`)).toEqual([
      expect.stringMatching(/^line 2: type: must be one of observation, measurements/),
      expect.stringMatching(/^line 3: observation.joules: must be at least 0/),
      expect.stringMatching(/^line 4: the row: must be/),
    ]);
  });

  it('takes keys like __proto__ for what they are: unknown, and left out', async () => {
    const evil = `{"type":"observation","observation":${JSON.stringify(runs[0]).replace('{', '{"__proto__":{"epochs":1},"constructor":1,')}}`;
    const [header] = exported().split('\n');
    const { rows } = await readJobExport(file(sealed([header!, evil])));
    expect(rows[0]).toMatchObject({ kind: 'read', facts: { epochs: 40 } });
    expect(({} as Record<string, unknown>)['epochs']).toBeUndefined();
  });

  const whole = exported();
  it.each([
    ['is cut off', whole.slice(0, whole.length * 0.7), /cut off/],
    ['lost its last line', whole.split('\n').slice(0, -2).join('\n') + '\n', /cut off/],
    ['was edited', whole.replace('"epochs":40', '"epochs":41'), /changed after it was written/],
    [
      'lost a line',
      whole
        .split('\n')
        .filter((_, i) => i !== 2)
        .join('\n'),
      /changed after it was written/,
    ],
    ['is empty', '', /cut off/],
    [
      'is of a later version',
      sealed([JSON.stringify({ format: 'wattbandit-export', version: 2 })]),
      /version: must be 1/,
    ],
    ['is something else', sealed(['{}']), /format: must be wattbandit-export/],
  ])('refuses a file that %s', async (_what, text, why) => {
    await expect(readJobExport(file(text))).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringMatching(why),
    });
  });
});
