import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseRecording, secondsIn } from '../../activities/carbon/recordedCsv';
import { createPlayer } from '../../activities/carbon/replayed';
import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { type SourceBench, createClock, describeSource } from '../activities/sourceContract';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-recorded-'));
afterAll(() => rmSync(directory, { recursive: true }));

const day = 86_400;
const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const start = Date.parse('2026-11-01T00:00:00Z') / 1000;

/** An hourly recording of so many days; each value tells its hour of the recording. */
function record(days: number, name = `${days}.csv`): string {
  const rows = Array.from({ length: days * 24 }, (_, hour) => `${hour},${at(start + hour * 3600)},${hour},7`);
  const file = join(directory, name);
  writeFileSync(file, `,UTC time,carbon_intensity,coal\n${rows.join('\n')}\n`);
  return file;
}

const create =
  (more: object, days = 60) =>
  ({ clock, timeoutSeconds }: Partial<SourceBench>) =>
    createSource(
      sourceDescriptionSchema.parse({ provider: 'recorded', kind: 'average', zone: 'DE', file: record(days), ...more }),
      { clock, timeoutSeconds },
    );

describeSource('recorded', create({}));
describeSource('recorded, moved', create({ shiftDays: 7, factorType: 'lifecycle' }));
describeSource('recorded, repeated', create({ repeat: true }, 3));
describeSource(
  'recorded price',
  create({ kind: 'price', currency: 'EUR', per: 'MWh', valueColumn: 'carbon_intensity' }),
);

describe('createRecorded', () => {
  const hourOfRecording = 24 * 24 + 12;

  it('plays by the wall clock', async () => {
    const { clock, pass } = createClock();
    const source = create({})({ clock });
    expect(await source.now()).toMatchObject({ gramsPerKwh: hourOfRecording, status: 'observed' });
    pass(3600);
    expect(await source.now()).toMatchObject({ gramsPerKwh: hourOfRecording + 1 });
  });

  it('plays so many days later', async () => {
    const { clock } = createClock();
    expect(await create({ shiftDays: 10 })({ clock }).now()).toMatchObject({ gramsPerKwh: hourOfRecording - 240 });
  });

  it('says how to make it live today where its time is over', async () => {
    const { clock } = createClock();
    await expect(create({}, 3)({ clock }).now()).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/nothing of 2026-11-25T12:20.*shiftDays/),
    });
  });

  it('reads a price of a MWh as one of a kWh', async () => {
    const { clock } = createClock();
    const price = { kind: 'price', currency: 'EUR', per: 'MWh', valueColumn: 'carbon_intensity' };
    expect(await create(price)({ clock }).now()).toMatchObject({
      pricePerKwh: hourOfRecording / 1000,
      currency: 'EUR',
    });
  });

  it('names a file that is not there, and reads it when it is', async () => {
    const { clock, pass } = createClock();
    const file = join(directory, 'later.csv');
    const source = create({ file })({ clock });
    await expect(source.now()).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('later.csv'),
    });
    record(60, 'later.csv');
    pass(3600);
    expect((await source.now()).provider).toBe('recorded');
  });
});

describe('createPlayer', () => {
  const rows = Array.from({ length: 24 * 16 }, (_, i) => ({ atSeconds: start + i * 3600, value: i }));

  it('repeats whole weeks, so that hour and weekday stay what they were', () => {
    const play = createPlayer(rows, 3600, { shiftDays: 0, repeat: true });
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), (hours) => {
        const from = start + hours * 3600;
        const [slot, ...others] = play(from, from + 3600);
        expect(others).toEqual([]);
        expect(slot).toEqual({ fromSeconds: from, toSeconds: from + 3600, value: ((hours % 336) + 336) % 336 });
      }),
    );
  });

  it('leaves a gap where the recording has one', () => {
    const play = createPlayer([rows[0]!, rows[5]!], 3600, { shiftDays: 0, repeat: false });
    expect(
      play(start, start + day).map(({ fromSeconds, toSeconds }) => [fromSeconds - start, toSeconds - start]),
    ).toEqual([
      [0, 3600],
      [18_000, 21_600],
    ]);
  });

  it('does not repeat less than a day', () => {
    expect(() => createPlayer(rows.slice(0, 20), 3600, { shiftDays: 0, repeat: true })).toThrow('too short to repeat');
  });
});

describe('secondsIn', () => {
  it.each([
    '2020-01-01 05:00:00',
    '2020-01-01 05:00:00+00:00',
    '2020-01-01T05:00Z',
    '2020-01-01 05:00 UTC',
    '2020-01-01T06:00:00.000+01:00',
    '01/01/2020 05:00:00',
    '1577854800',
  ])('reads %s', (text) => {
    expect(secondsIn(text)).toBe(Date.parse('2020-01-01T05:00:00Z') / 1000);
  });

  it.each(['', '330.62', '8760', '13/01/2020 05:00:00', '2020-13-01', 'tomorrow'])(
    'takes %s for no instant',
    (text) => {
      expect(secondsIn(text)).toBeUndefined();
    },
  );
});

describe('parseRecording', () => {
  it('finds the columns by what stands in them, whatever they are called', () => {
    const rows = [{ atSeconds: Date.parse('2020-01-01T00:00:00Z') / 1000, value: 330.62 }];
    for (const text of [
      ',UTC time,carbon_intensity,coal\n0,01/01/2020 00:00:00,330.62,12\n',
      'Datetime (UTC),Country,Zone id,Carbon intensity gCO₂eq/kWh (direct),Renewable\n2020-01-01 00:00:00,G,DE,330.62,40\n',
      'when,how much\n1577836800,330.62\n',
      '\ufeffwhen,how much\r\n2020-01-01,330.62\r\n',
    ])
      expect(parseRecording('a.csv', text)).toEqual(rows);
  });

  it('puts rows in order, leaves out those without a value, and takes the later of two', () => {
    const text = 't,v\n2020-01-01T02:00Z,3\n2020-01-01T00:00Z,1\n2020-01-01T01:00Z,\n2020-01-01T00:00Z,2\n';
    expect(parseRecording('a.csv', text).map(({ value }) => value)).toEqual([2, 3]);
  });

  it.each([
    ['t,v\n2020-01-01,1\nyesterday,2\n', 'a.csv:3 is not a recording: "yesterday" is no instant'],
    ['t,v\n2020-01-01,1\n2020-01-02,much\n', 'a.csv:3 is not a recording: "much" is no number'],
    ['t,v\n2020-01-01,1\n2020-01-02,1e999\n', 'a.csv:3 is not a recording: "1e999" is no number'],
    ['t,v\n', 'a.csv is not a recording: it has no row below its header'],
    ['a,b\n1,2\n', 'no column of a, b holds instants; name it'],
    ['t,a,b\n2020-01-01,1,2\n', 'which of t, a, b holds the values is not clear; name it'],
  ])('says what is wrong with %j', (text, words) => {
    expect(() => parseRecording('a.csv', text)).toThrow(words);
  });

  it('takes the columns that it is told', () => {
    const text = 't,a,b\n2020-01-01,1,2\n';
    expect(parseRecording('a.csv', text, { value: 'b' })[0]!.value).toBe(2);
    expect(() => parseRecording('a.csv', text, { value: 'c' })).toThrow('it has no column "c" but t, a, b');
  });
});
