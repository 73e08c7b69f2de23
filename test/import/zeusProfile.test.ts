import { writeFileSync } from 'node:fs';
import { readZeusProfile } from '../../worker/import/zeusProfile';
import { temporaryFile } from '../support/zeusDatabase';

const run = { batchSize: 256, profileSteps: 40, stepsPerEpoch: 200 };
const measured = [
  { power_limit: 250, energy: 2000, time: 10 },
  { power_limit: 225, energy: 1900, time: 10.5 },
];

function json(value: unknown): string {
  const file = temporaryFile('power.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

describe('readZeusProfile', () => {
  it('makes seconds per epoch and watts of each window, in both forms of the file', async () => {
    const { rows } = await readZeusProfile(json({ measurements: measured }), run);
    expect(rows).toEqual((await readZeusProfile(json(measured), run)).rows);
    expect(rows.map((row) => row.kind === 'read' && row.facts.measurements)).toEqual([
      [{ batchSize: 256, powerLimitWatts: 250, secondsPerEpoch: 50, averageWatts: 200, source: 'profile' }],
      [{ batchSize: 256, powerLimitWatts: 225, secondsPerEpoch: 52.5, averageWatts: 1900 / 10.5, source: 'profile' }],
    ]);
  });

  it('is no run: nothing is learned of epochs', async () => {
    const { rows } = await readZeusProfile(json(measured), run);
    expect(rows[0]).toMatchObject({ facts: { outcome: 'operator', epochs: 0 } });
  });

  it('drops a measurement that cannot be, and says why', async () => {
    const list = [
      { ...measured[0], power_limit: 250_000 },
      { ...measured[0], time: 0 },
      { power_limit: 1 },
      null,
      { ...measured[0], more: 1 },
    ];
    const { rows } = await readZeusProfile(json(list), run);
    expect(rows.map((row) => row.kind === 'dropped' && `${row.place}: ${row.why}`)).toEqual([
      'measurement 1: power_limit: must be in watts',
      expect.stringMatching(/^measurement 2: time: must be more than 0/),
      expect.stringMatching(/^measurement 3: energy: must be a finite number; time/),
      expect.stringMatching(/^measurement 4: the row: must be/),
      expect.stringMatching(/^measurement 5: the row: .*more/),
    ]);
  });

  it.each([
    ['what is no JSON', '[{', /it is not JSON/],
    ['JSON of something else', { watts: 3 }, /must be a list of power_limit, energy and time/],
    ['nesting without an end', '['.repeat(100_000), /it is not JSON/],
    ['more than a megabyte', ' '.repeat(1024 * 1024 + 1), /more than 1 MiB/],
  ])('refuses %s', async (_what, value, why) => {
    await expect(readZeusProfile(json(value), run)).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringMatching(why),
    });
  });
});
