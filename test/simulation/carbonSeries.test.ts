import { gzipSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCarbonSeries } from '../../simulation/carbonSeries';
import { loadCurves, loadZones } from '../../simulation/tracesCarbon';
import { packagedGrids, packagedTraces } from '../../worker/packaged';

const parse = (text: string) => parseCarbonSeries('X.csv', 'X', text);
const days = (header: string, line: (hour: number) => string, hours = 48) =>
  `${header}\n${Array.from({ length: hours }, (_, hour) => line(hour)).join('\n')}\n`;
const iso = (hour: number) => new Date(Date.UTC(2021, 0, 30) + hour * 3_600_000).toISOString();

describe('parseCarbonSeries', () => {
  it.each<[string, string, (hour: number) => string]>([
    ['ISO instants', 'UTC time,carbon_intensity', (hour) => `${iso(hour)},${100 + hour}`],
    [
      'a blank instead of the T',
      'datetime,value',
      (hour) => `${iso(hour).slice(0, 19).replace('T', ' ')},${100 + hour}`,
    ],
    ['an offset', 'time,ci', (hour) => `${iso(hour + 2).slice(0, 16)}+02:00,${100 + hour}`],
    [
      'American days',
      't,g',
      (hour) => `${iso(hour).replace(/^(.{4})-(..)-(..)T(.{8}).*/, '$2/$3/$1 $4')},${100 + hour}`,
    ],
    [
      'days before months',
      't,g',
      (hour) => `${iso(hour).replace(/^(.{4})-(..)-(..)T(.{5}).*/, '$3/$2/$1 $4')},${100 + hour}`,
    ],
    [
      'days with dots',
      't,g',
      (hour) => `${iso(hour).replace(/^(.{4})-(..)-(..)T(.{5}).*/, '$3.$2.$1 $4')},${100 + hour}`,
    ],
    ['seconds since 1970', 'unix,g', (hour) => `${Date.parse(iso(hour)) / 1000},${100 + hour}`],
    ['milliseconds', 'unix,g', (hour) => `${Date.parse(iso(hour))},${100 + hour}`],
  ])('reads %s', (_what, header, line) => {
    const { beginsAt, gramsPerKwh } = parse(days(header, line));
    expect(beginsAt).toBe(iso(0));
    expect(gramsPerKwh).toEqual(Array.from({ length: 48 }, (_, hour) => 100 + hour));
  });

  it.each<[string, string, (hour: number) => string]>([
    [
      'Electricity Maps',
      'Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle),Carbon-free energy percentage (CFE%)',
      (hour) => `${iso(hour)},DE,1,300,50`,
    ],
    ['Great Britain', 'from,to,forecast,actual,index', (hour) => `${iso(hour)},${iso(hour + 1)},999,300,moderate`],
    ['CarbonCast', ',UTC time,carbon_intensity,coal,wind', (hour) => `${hour},${iso(hour)},300,4,5`],
    ['a file of two columns without names that mean anything', 'when,x', (hour) => `${iso(hour)},300`],
  ])('finds the columns of %s', (_what, header, line) => {
    expect(parse(days(header, line)).gramsPerKwh).toEqual(Array.from({ length: 48 }, () => 300));
  });

  it('takes the mean of the parts of an hour', () => {
    const halves = days(
      'time,g',
      (half) => `${new Date(Date.UTC(2021, 0, 30) + half * 1_800_000).toISOString()},${half % 2 === 0 ? 100 : 300}`,
    );
    expect(parse(halves).gramsPerKwh).toEqual(Array.from({ length: 24 }, () => 200));
  });

  it('does not mind the order, doubled lines, and a byte order mark', () => {
    const lines = days('time,g', (hour) => `${iso(hour)},${hour + 5}`)
      .trim()
      .split('\n');
    const shuffled = [lines[0], ...lines.slice(1).toReversed(), lines[7], ''].join('\r\n');
    expect(parse(`\uFEFF${shuffled}`).gramsPerKwh).toEqual(Array.from({ length: 48 }, (_, hour) => hour + 5));
  });

  it('fills short gaps by a line and long ones from the day before, and counts them', () => {
    const holed = days(
      'time,g',
      (hour) =>
        (hour > 60 && hour < 63) || (hour > 200 && hour < 210) ? `${iso(hour)},` : `${iso(hour)},${100 + (hour % 24)}`,
      480,
    );
    const { filledHours, gramsPerKwh } = parse(holed);
    expect(filledHours).toBe(11);
    expect(gramsPerKwh.slice(60, 64)).toEqual([112, 113, 114, 115]);
    expect(gramsPerKwh.slice(200, 211)).toEqual(gramsPerKwh.slice(176, 187));
  });

  const good = days('time,carbon_intensity', (hour) => `${iso(hour)},300`);
  it.each<[string, string, string]>([
    ['an empty file', '', 'X.csv: it has no lines'],
    ['a header alone', 'time,g\n', 'X.csv: it has no lines'],
    ['a file that is cut off', good.trimEnd(), 'its last line does not end'],
    ['no times', 'a,b\n1,2\n', 'it has no column of instants'],
    [
      'no intensities',
      days('time,wind,coal', (hour) => `${iso(hour)},4,5`),
      'call it carbon_intensity; its header is time,wind,coal',
    ],
    [
      'a value that is none',
      good.replace('05:00:00.000Z,300', '05:00:00.000Z,much'),
      'X.csv:7: carbon_intensity is "much" and must be a number from 0 up',
    ],
    ['a negative value', good.replace('05:00:00.000Z,300', '05:00:00.000Z,-3'), 'X.csv:7: carbon_intensity is "-3"'],
    [
      'a time that is none',
      good.replace('2021-01-30T05:00', '2021-01-30T25:00'),
      'X.csv:7: time is "2021-01-30T25:00:00.000Z" and must be an instant',
    ],
    ['a day that is none', good.replace('2021-01-30T05', '2021-02-30T05'), 'X.csv:7: time is "2021-02-30'],
    [
      'two values for one instant',
      `${good}${iso(3)},301\n`,
      'X.csv:50: 2021-01-30T03:00:00.000Z is 301 g/kWh here and 300 on line 5',
    ],
    [
      'days in two orders',
      `time,g\n${'01/02/2021 00:00,5\n'.repeat(20)}31/01/2021 00:00,5\n01/31/2021 01:00,5\n`,
      'both before and after months',
    ],
    ['more holes than grid', `time,g\n${iso(0)},5\n${iso(100)},5\n`, '99 of its 101 hours are missing'],
  ])('says what is wrong with %s', (_what, text, says) => {
    expect(() => parse(text)).toThrow(says);
  });
});

describe('loadZones', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-zones-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const text = days('time,g', (hour) => `${iso(hour)},300`);

  it('names zones by their files, unpacks, and leaves files of forecasts alone', () => {
    writeFileSync(join(directory, 'US_CAL_lifecycle_emissions_2020-2021.csv'), text);
    writeFileSync(join(directory, 'PL_lifecycle_2020-2021.csv.gz'), gzipSync(text));
    writeFileSync(join(directory, 'PL_carbon_from_src_forecasts_2021.csv'), 'nothing');
    writeFileSync(join(directory, 'GB-2020.csv'), text);
    writeFileSync(join(directory, 'GB-2021.csv'), text);
    expect(loadZones(directory).map(({ zone }) => zone)).toEqual(['GB-2020', 'GB-2021', 'PL', 'US_CAL']);
    expect(loadZones(directory, ['PL'])).toHaveLength(1);
  });

  it('says what there is where a zone is not', () => {
    expect(() => loadZones(directory, ['FR'])).toThrow(`Cannot simulate FR: ${directory} has GB-2020`);
    expect(() => loadZones(join(directory, 'none'))).toThrow('there is no directory');
  });

  it('has five whole grids of two years in the package', () => {
    const zones = loadZones(packagedGrids);
    expect(zones.map(({ zone }) => zone)).toEqual(['AUS_QLD', 'CISO', 'DE', 'PL', 'SE']);
    for (const { beginsAt, filledHours, gramsPerKwh } of zones)
      expect([beginsAt, filledHours, gramsPerKwh.length]).toEqual(['2020-01-01T00:00:00.000Z', 0, 17_544]);
  });
});

describe('loadCurves', () => {
  const curves = loadCurves(packagedTraces);
  const changeAt = (name: string, watts: number) => {
    const { profile } = curves.find((one) => one.name === name)!;
    const [at, top] = [profile.find((one) => one.powerLimitWatts === watts)!, profile.at(-1)!];
    const time = at.secondsPerEpoch / top.secondsPerEpoch;
    return [time - 1, (time * at.averageWatts) / top.averageWatts - 1].map(
      (change) => Math.round(1000 * change) / 1000,
    );
  };

  it('has the four curves of published figures', () => {
    const names = ['a40-resnet50-b128', 'v100-resnet50-b256', 'rtx6000-resnet50-b256', 'a40-bert_base_uncased-b128'];
    expect(curves.map(({ name }) => name)).toEqual(names);
  });

  it('agrees with the published figures at 5 W between measurements', () => {
    expect(changeAt('a40-resnet50-b128', 235)).toEqual([0.025, -0.136]);
    expect(changeAt('a40-resnet50-b128', 190)).toEqual([0.101, -0.226]);
    expect(changeAt('v100-resnet50-b256', 145)).toEqual([0.213, -0.228]);
  });

  it('is never slower and never draws less at a higher limit', () => {
    for (const { profile } of curves) {
      for (const [index, at] of profile.entries()) {
        const below = profile[index - 1] ?? at;
        expect(at.secondsPerEpoch).toBeLessThanOrEqual(below.secondsPerEpoch + 1e-9);
        expect(at.averageWatts).toBeGreaterThanOrEqual(below.averageWatts - 1e-9);
      }
    }
  });

  it('says what there is where a curve is not', () => {
    expect(() => loadCurves(packagedTraces, ['h100'])).toThrow('Cannot simulate h100');
  });
});
