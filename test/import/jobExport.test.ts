import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '../../policy/facts';
import { exportFormat, exportVersion, sealed } from '../../worker/exportFormat';
import { readJobExport } from '../../worker/import/jobExport';
import { jobSpec, observation } from '../support/job';
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
const spec = jobSpec();

/** What version 0.1 wrote. */
const v1 = readFileSync(join(__dirname, 'exports', 'v1.jsonl'), 'utf8');

const { job, batchSizes, defaultBatchSize, maxEpochs, target } = spec;
const provenance = { wattbandit: '0.1.0', node: '20.20.2', runs: ['a'], missing: null, anonymised: false };
const header = {
  ...{ format: exportFormat, version: exportVersion, job, exportedAt: '2021-07-02T00:00:00Z', batchSizes },
  ...{ defaultBatchSize, maxEpochs, target, gpuCount: 1, spec, provenance },
};
const toldAt = '2021-07-01T02:00:00Z';

function textOf(lines: readonly unknown[]): string {
  return withSeal(lines.map((line) => JSON.stringify(line)));
}

function withSeal(lines: readonly string[]): string {
  const body = lines.map((line) => `${line}\n`).join('');
  return `${body}${JSON.stringify({ type: 'end', sha256: createHash('sha256').update(body).digest('hex') })}\n`;
}

const lines = (...more: readonly unknown[]) => textOf([header, ...more]);
const told = (of: Observation, changes: object = {}) => ({ type: 'observation', toldAt, observation: of, ...changes });
const exported = () => lines(...runs.map((of) => told(of)));

function file(text: string): string {
  const path = temporaryFile('export.jsonl');
  writeFileSync(path, text);
  return path;
}

describe('sealed', () => {
  it('ends a file with the checksum of all before it', async () => {
    const parts: string[] = [];
    for await (const part of sealed(['{"a":1}', '{}'])) parts.push(part);
    expect(parts.join('')).toBe(withSeal(['{"a":1}', '{}']));
  });
});

describe('readJobExport', () => {
  it('reads what version 0.1 exported: each run with the facts that another job may learn from', async () => {
    const { donor, rows } = await readJobExport(file(v1));
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

  it('reads runs, and of what a job remembered when its history began, runs and measurements', async () => {
    const sizes = { 512: { swept: false, limits: { 200: [9, 140] }, windows: [] } };
    const memory = { version: 1, gpus: { V100: { runs: 1, outOfMemory: null, sizes } } };
    const ledger = { slots: [{ slot: slots[0], attempts: [{ observation: runs[0] }, {}] }] };
    const { rows } = await readJobExport(
      file(lines({ type: 'begun', input: { memory, ledger, since: [] } }, told(runs[1]!))),
    );
    expect(rows.map((row) => row.kind === 'read' && [row.place, row.facts.batchSize, row.facts.at])).toEqual([
      ['line 2', 512, null],
      ['line 2', 1024, slots[0]],
      ['line 3', 1024, slots[1]],
    ]);
  });

  it('knows a run again after the donor forgot its single measurements', async () => {
    const key = async (of: Observation) => {
      const row = (await readJobExport(file(lines(told(of))))).rows.at(-1)!;
      return row.kind === 'read' ? row.key : undefined;
    };
    expect(await key({ ...runs[0]!, measurements: [] })).toBe(await key(runs[0]!));
  });

  it('drops what was quarantined there, and passes over what the job had imported itself', async () => {
    const imported = { ...runs[1], imported: { from: 'csv', weight: 1 } };
    const { rows } = await readJobExport(
      file(
        lines(told(runs[0]!, { quarantinedBecause: 'joules is null' }), { type: 'import', observations: [imported] }),
      ),
    );
    expect(rows).toEqual([{ kind: 'dropped', place: 'line 2', why: 'was quarantined there: joules is null' }]);
  });

  it('takes of thousands of runs the latest of each batch size, and what the older ones measured', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => {
      const at = { ...measured, secondsPerEpoch: n < 100 ? 9 : 10, powerLimitWatts: n === 50 ? 100 : 200 };
      return observation({ id: `${n}/1`, slot: `${n}`, measurements: [at] });
    });
    const { rows } = await readJobExport(file(lines(...many.map((of) => told(of)))));
    expect(rows).toHaveLength(21);
    expect(rows[0]).toMatchObject({
      facts: {
        outcome: 'operator',
        measurements: [
          { powerLimitWatts: 200, secondsPerEpoch: 10 },
          { powerLimitWatts: 100, secondsPerEpoch: 9 },
        ],
      },
    });
    expect(rows.at(-1)).toMatchObject({ place: 'line 3001', facts: { at: '2999' } });
  });

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
    const { rows } = await readJobExport(file(withSeal([JSON.stringify(header), evil])));
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
    ['is of a later version', textOf([{ ...header, version: 3 }]), /version: must be one of 1, 2/],
    ['is something else', withSeal(['{}']), /is not the header of an export/],
  ])('refuses a file that %s', async (_what, text, why) => {
    await expect(readJobExport(file(text))).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringMatching(why),
    });
  });
});
