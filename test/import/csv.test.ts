import { writeFileSync } from 'node:fs';
import { readCsv } from '../../worker/import/csv';
import { temporaryFile } from '../support/zeusDatabase';

const header = 'batch_size,power_limit_watts,epochs,seconds,joules,outcome';

function csv(text: string): string {
  const file = temporaryFile('runs.csv');
  writeFileSync(file, text);
  return file;
}

const said = async (text: string) =>
  (await readCsv(csv(text))).rows.map((row) => (row.kind === 'dropped' ? `${row.place}: ${row.why}` : row.place));

describe('readCsv', () => {
  it('reads runs, and leaves unknown what is left empty', async () => {
    const { donor, rows } = await readCsv(
      csv(
        `\uFEFF${header},gpu_model,at\r\n256,200,40,1200.5,1.8e5,converged,V100,2021-07-01T05:00:00+02:00\r\n512,,,9,8,tooDear,,\r\n`,
      ),
    );
    expect(donor).toEqual({ name: 'csv', target: null, gpuCount: null });
    expect(rows.map((row) => row.kind === 'read' && row.facts)).toEqual([
      {
        batchSize: 256,
        powerLimitWatts: 200,
        epochs: 40,
        seconds: 1200.5,
        joules: 180_000,
        outcome: 'converged',
        gpuModel: 'V100',
        at: '2021-07-01T03:00:00.000Z',
        measurements: [],
      },
      expect.objectContaining({ batchSize: 512, powerLimitWatts: null, epochs: null, gpuModel: null, at: null }),
    ]);
  });

  it('drops each row that cannot be, with its line, and keeps the others', async () => {
    const rows = [
      '0,200,1,1,1,converged',
      '8.5,200,1,1,1,converged',
      '8,-1,1,1,1,converged',
      '8,200,1,NaN,1,converged',
      '8,200,1,1,1e999,converged',
      '8,200,1,1,1,exploded',
      '8,200,1,1',
      '=cmd(),200,1,1,1,converged',
      '8,200,1,1,1,converged',
    ];
    expect(await said(`${header}\n\n${rows.join('\n')}\n`)).toEqual([
      expect.stringMatching(/^line 3: batch_size: must be more than 0/),
      expect.stringMatching(/^line 4: batch_size: must be a whole number/),
      expect.stringMatching(/^line 5: power_limit_watts: must be a number of at least 0/),
      expect.stringMatching(/^line 6: seconds: must be a number/),
      expect.stringMatching(/^line 7: joules: must be a finite number/),
      expect.stringMatching(/^line 8: outcome: must be one of converged, diverged/),
      'line 9: has 4 fields where the header has 6',
      expect.stringMatching(/^line 10: batch_size: must be a number/),
      'line 11',
    ]);
  });

  it('drops a last line without an end: its last number may have lost digits', async () => {
    expect(await said(`${header}\n8,200,1,1,1,converged\n8,200,1,1,1,converged`)).toEqual([
      'line 2',
      'line 3: has no line end: it may be cut off',
    ]);
  });

  it('takes rows that say the same for different runs, whose keys stay when the file grows', async () => {
    const keys = async (rows: number) =>
      (await readCsv(csv(`${header}\n${'8,200,1,1,1,converged\n'.repeat(rows)}`))).rows.map((row) =>
        row.kind === 'read' ? row.key : '',
      );
    expect(new Set(await keys(3)).size).toBe(3);
    expect((await keys(3)).slice(0, 2)).toEqual(await keys(2));
  });

  it.each([
    ['nothing', '', /column batch_size is missing/],
    ['a column too few', 'batch_size,epochs\n', /column power_limit_watts is missing, column seconds is missing/],
    ['a column that nobody knows', `${header},joule\n`, /column joule is unknown/],
    ['a column twice', `${header},outcome\n`, /given twice/],
    ['a column that every object has', `${header},__proto__\n`, /column __proto__ is unknown/],
    ['an open quote', `${header}\n"8,200\n`, /[Qq]uote/],
    ['bytes that are no text', `${header}\n\u0000`, /./],
    [
      'more rows than a job can learn from',
      `${header}\n${'8,200,1,1,1,converged\n'.repeat(10_001)}`,
      /more than 10000/,
    ],
  ])('refuses %s', async (what, text, why) => {
    const file = csv(text);
    if (what === 'bytes that are no text') writeFileSync(file, Buffer.from([0x62, 0xff, 0xfe]));
    await expect(readCsv(file)).rejects.toMatchObject({ remedy: 'invalid', message: expect.stringMatching(why) });
  });
});
