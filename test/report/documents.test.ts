import { csvCell, csvOf } from '../../worker/report/csv';
import { htmlOf } from '../../worker/report/html';
import { reportOf } from '../../worker/report/report';
import { type ReportedRun, isIn } from '../../worker/report/runs';
import { record, reported } from './world';

const reading = { recurrences: 0, withoutResult: 0, missingAttempts: 0, leftOut: 0, ofAnotherTime: 0 };
const settlement = { asked: false, questions: 0, settled: 0, unsettled: 0, change: null, failure: null };
const period = { fromAt: '2026-11-01T00:00:00.000Z', toAt: '2026-12-01T00:00:00.000Z' };
const report = (runs: readonly ReportedRun[]) => reportOf({ period, runs, read: reading, settlement });

const average = record([150, 250], [900, 100]);
const marginal = { ...average, kind: 'marginal' } as const;
const price = { ...average, kind: 'price' } as const;

describe('reportOf', () => {
  it('keeps average, marginal, price and runs without a grid apart, and money out of grams', () => {
    const { jobs, days } = report([
      reported(average),
      reported(average),
      reported(marginal),
      reported(price),
      reported(null),
    ]);
    expect(jobs.map(({ signal, runs }) => [signal?.kind, runs])).toEqual([
      [undefined, 1],
      ['average', 2],
      ['marginal', 1],
      ['price', 1],
    ]);
    expect(jobs.map(({ emitted }) => Object.keys(emitted ?? {}))).toEqual([[], ['grams'], ['grams'], ['money']]);
    expect(days.map(({ signal, runs }) => [signal.kind, runs])).toEqual([
      ['average', 2],
      ['marginal', 1],
      ['price', 1],
    ]);
    expect(jobs[0]).toMatchObject({ coverage: 0, compared: null });
  });

  it('counts failed runs and their energy', () => {
    const { jobs } = report([reported(average), reported(average, { attempt: 2, outcome: 'diverged' })]);
    expect(jobs[0]).toMatchObject({ runs: 2, failedRuns: 1, joules: 2 * reported(average).joules });
  });
});

describe('isIn', () => {
  it('counts a run in one of two periods that meet, never in both', () => {
    const next = { fromAt: period.toAt, toAt: '2027-01-01T00:00:00.000Z' };
    expect([period, next].map((one) => isIn(one, '2026-12-01T00:00:00Z'))).toEqual([false, true]);
    expect(isIn(period, '2026-11-30T23:59:59.999Z')).toBe(true);
  });
});

describe('csvOf', () => {
  it('has a row for each run, with its amount and what it would have been', () => {
    const [head, row, ...others] = csvOf([reported(average)])
      .split('\r\n')
      .map((line) => line.split(','));
    const cells = Object.fromEntries(head!.map((title, n) => [title, row![n]]));
    expect(others).toEqual([]);
    expect(cells).toMatchObject({ job: 'fraud', unit: 'gCO2eq/kWh', coverage: '1', zone: 'GB' });
    expect(Number(cells['amount'])).toBeCloseTo(145 * 0.9 + 220 * 0.1, 9);
    expect(Number(cells['maxPowerAmount'])).toBeGreaterThan(Number(cells['amount']));
  });

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', `"'+1"`],
    ['-1+1', `"'-1+1"`],
    ['@SUM(1)', `"'@SUM(1)"`],
    ['\t=1', `"'\t=1"`],
    [' =1', `"' =1"`],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
  ])('makes no formula of %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('leaves numbers alone, also negative ones', () => {
    expect([csvCell(-0.5), csvCell(null)]).toEqual(['-0.5', '']);
  });
});

describe('htmlOf', () => {
  const hostile = `</td><script>alert(1)</script><img src=x onerror='alert(1)'>"\u202e`;
  const page = htmlOf(report([reported({ ...average, zone: hostile }, { job: hostile })]));

  it('shows hostile names as text', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<img|\u202e/);
    expect(page.match(/<svg[^>]*>/g)).toHaveLength(1);
  });

  it('fetches nothing and runs nothing', () => {
    const tags = page.match(/<[^>]*>/g)!.map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));
    expect(tags.filter((tag) => /\s(src|href|style|on\w+)\s*=/i.test(tag))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import|<link|<iframe/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('draws three bars for each day that can be compared, and has the numbers in a table that can be reached by keyboard', () => {
    expect(page.match(/<rect class="(emitted|staticCap|maxPower)"/g)).toHaveLength(3);
    expect(page.match(/tabindex="0" role="region" aria-label=/g)!.length).toBeGreaterThanOrEqual(3);
    expect(page).toMatch(/<th scope="row">2026-11-01<\/th>/);
  });

  it('says what it is not', () => {
    expect(page).toContain('no cooling and no losses of the site (PUE)');
  });
});
