import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readZeusSqlite } from '../../worker/import/zeusSqlite';
import { temporaryFile, zeusDatabase } from '../support/zeusDatabase';

const open = { status: 'Dispatched', time: null, energy: null, converged: null };
const oneJob = zeusDatabase([
  {
    id: 'mnist-1a2b',
    trials: [
      { batchSize: 1024, time: 600.5, energy: 90_000.25, end: '2024-05-01 12:10:20.000000' },
      { batchSize: 512, converged: 0 },
      { batchSize: 512, ...open },
      { batchSize: 2048, ...open, status: 'Failed' },
    ],
  },
]);

describe('readZeusSqlite', () => {
  it('takes each trial for what Zeus knows of it: no limit, no epochs, and an open one is a loss of infrastructure', async () => {
    const { donor, rows } = await readZeusSqlite(oneJob);
    expect(donor).toEqual({
      name: 'zeus-sqlite mnist-1a2b',
      target: { value: 0.6, direction: 'atLeast' },
      gpuCount: 1,
    });
    expect(rows.map((row) => row.kind === 'read' && [row.facts.batchSize, row.facts.outcome])).toEqual([
      [1024, 'converged'],
      [512, 'tooDear'],
      [512, 'infrastructure'],
      [2048, 'infrastructure'],
    ]);
    expect(rows[0]).toMatchObject({
      place: 'Trial 1',
      doubts: [],
      facts: { gpuModel: 'V100', seconds: 600.5, joules: 90_000.25, epochs: null, powerLimitWatts: null },
    });
    expect(rows[2]).toMatchObject({ facts: { seconds: 0, joules: 0, detail: expect.stringContaining('dispatched') } });
  });

  it('gives a trial the same key whenever it is read, and another one once it has ended', async () => {
    const keys = async (file: string) =>
      (await readZeusSqlite(file)).rows.map((row) => (row.kind === 'read' ? row.key : ''));
    const before = await keys(zeusDatabase([{ id: 'a', trials: [{ batchSize: 512, ...open }] }]));
    const after = await keys(zeusDatabase([{ id: 'a', trials: [{ batchSize: 512 }] }]));
    expect(await keys(oneJob)).toEqual(await keys(oneJob));
    expect(new Set(await keys(oneJob)).size).toBe(4);
    expect(before).not.toEqual(after);
  });

  it('drops a trial that cannot be, and says why; the others stay', async () => {
    const trials = [
      { batchSize: 512, time: null },
      { batchSize: 512, time: -3 },
      { batchSize: 512, time: 'soon' },
      { batchSize: 512, status: 'Exploded' },
      { batchSize: 512, ...open, energy: 7 },
      { batchSize: 512, time: Infinity },
      { batchSize: 512 },
    ];
    const { rows } = await readZeusSqlite(zeusDatabase([{ id: 'a', trials }]));
    expect(rows.map((row) => (row.kind === 'dropped' ? `${row.place}: ${row.why}` : 'read'))).toEqual([
      expect.stringMatching(/^Trial 1: time: must be a finite number/),
      expect.stringMatching(/^Trial 2: time: must be more than 0/),
      expect.stringMatching(/^Trial 3: time: must be/),
      expect.stringMatching(/^Trial 4: status: must be one of/),
      expect.stringMatching(/^Trial 5: energy: must be null/),
      expect.stringMatching(/^Trial 6: time: must be/),
      'read',
    ]);
  });

  it('doubts a trial that drew more than its GPUs can, or measured more time than went by', async () => {
    const trials = [
      { batchSize: 512, time: 100, energy: 100 * 276 },
      { batchSize: 512, time: 100, energy: 100 * 274 },
      { batchSize: 512, time: 100, energy: 9000, end: '2024-05-01 12:01:00.000000' },
    ];
    const { rows } = await readZeusSqlite(zeusDatabase([{ id: 'a', trials }]));
    expect(rows.map((row) => row.kind === 'read' && row.doubts)).toEqual([
      ['drew 276 W, its GPUs at most 250 W'],
      [],
      ['measured 100 s, but was over after 60 s'],
    ]);
  });

  it('asks which job it is where there are several', async () => {
    const file = zeusDatabase([
      { id: 'a', trials: [] },
      { id: 'b', trials: [{ batchSize: 8 }] },
    ]);
    await expect(readZeusSqlite(file)).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringContaining('choose one of its 2 jobs by --zeus-job: a, b'),
    });
    expect((await readZeusSqlite(file, 'b')).rows).toHaveLength(1);
    await expect(readZeusSqlite(file, 'b" OR 1=1 --')).rejects.toThrow('choose one');
  });

  it('reads a database in WAL mode, but not without what its log holds', async () => {
    const file = zeusDatabase([{ id: 'a', trials: [{ batchSize: 8 }] }]);
    const bytes = readFileSync(file);
    bytes[18] = bytes[19] = 2;
    writeFileSync(file, bytes);
    expect((await readZeusSqlite(file)).rows).toHaveLength(1);
    writeFileSync(`${file}-wal`, 'changes');
    await expect(readZeusSqlite(file)).rejects.toThrow(/-wal holds changes/);
  });

  it('writes nothing beside the file, nor leaves a copy', async () => {
    const before = readFileSync(oneJob);
    await readZeusSqlite(oneJob);
    expect(readFileSync(oneJob).equals(before)).toBe(true);
    expect(readdirSync(dirname(oneJob))).toEqual(['zeus.db']);
  });

  it.each([
    [
      'a view that never ends',
      `DROP TABLE Trial; CREATE VIEW Trial AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)
      SELECT 'a' AS job_id, i AS batch_size, i AS trial_number, '' AS start_timestamp, '' AS status, '' AS end_timestamp, 1.0 AS time,
      1.0 AS energy, 1 AS converged FROM n`,
      /no ordinary table Trial/,
    ],
    [
      'a computed column',
      `ALTER TABLE Trial RENAME COLUMN energy TO was; ALTER TABLE Trial ADD COLUMN energy AS (length(zeroblob(900000000)))`,
      /column energy .* is computed/,
    ],
    ['no trials table', 'DROP TABLE Trial', /no ordinary table Trial/],
    ['a table of another version', 'ALTER TABLE Trial RENAME COLUMN energy TO joules', /no column energy/],
    ['a job without GPUs', 'UPDATE Job SET number_of_gpus = 0', /number_of_gpus: must be more than 0/],
  ])('refuses %s', async (_what, sql, why) => {
    const file = zeusDatabase([{ id: 'a', trials: [{ batchSize: 8 }] }], sql);
    await expect(readZeusSqlite(file)).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringMatching(why),
    });
  });

  it('refuses what is no database, one that is damaged, and one that is not there', async () => {
    const text = temporaryFile('zeus.db');
    writeFileSync(text, 'job_id,batch_size\n');
    await expect(readZeusSqlite(text)).rejects.toThrow('it is not a SQLite database');
    const damaged = temporaryFile('zeus.db');
    writeFileSync(damaged, readFileSync(oneJob).subarray(0, 5000));
    await expect(readZeusSqlite(damaged)).rejects.toMatchObject({ remedy: 'invalid' });
    await expect(readZeusSqlite('no-such.db')).rejects.toThrow(/Cannot import no-such.db: ENOENT/);
    expect(existsSync('no-such.db')).toBe(false);
  });
});
