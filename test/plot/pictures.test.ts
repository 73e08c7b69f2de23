import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { epochCostJoules } from '../../policy/cost';
import { loadCurves, loadZones } from '../../simulation/tracesCarbon';
import { instant } from '../../worker/cli/numbers';
import { packagedGrids, packagedTraces } from '../../worker/packaged';
import { type CarbonTimeline, carbonPicture } from '../../worker/plot/carbon';
import { declarations } from '../../worker/plot/colours';
import type { Expected } from '../../worker/plot/expected';
import { htmlOf } from '../../worker/plot/html';
import type { OrderSpan } from '../../worker/plot/orderSpans';
import { type Picture, svgFileOf } from '../../worker/plot/picture';
import { pngOf } from '../../worker/plot/png';
import { powerPicture } from '../../worker/plot/power';
import { regretPicture } from '../../worker/plot/regret';
import { jobsOf, regretCurvesOf } from '../../worker/plot/regretCurves';
import { traceCarbon } from '../../worker/plot/traceCarbon';
import { tracePower, traceTradeOff } from '../../worker/plot/traceFacts';
import { tradeOffPicture } from '../../worker/plot/tradeOff';
import { at as hourAt, interval } from '../report/world';
import { cifar } from './world';

const documentOf = (picture: Picture) => parseHTML(`<body>${svgFileOf(picture)}</body>`).document;
const count = (picture: Picture, selector: string) => documentOf(picture).querySelectorAll(selector).length;

const row = (policy: string, job: string, recurrences: number, mean: number, ci95: number) => ({
  ...{ gpu: 'v100', job, policy, recurrences, seeds: 10 },
  regret: { mean, ci95 },
});
const results = [row('zeus', 'a', 20, 6, 0.3), row('zeus', 'a', 100, 7, 0.6), row('wattbandit', 'a', 20, 1, 0.1)];

describe('regretCurvesOf', () => {
  it('is the mean over jobs, whose intervals are independent', () => {
    const curves = regretCurvesOf([...results, row('zeus', 'b', 20, 4, 0.4)]);
    const half = Math.hypot(0.3, 0.4) / 2;
    expect(curves.map(({ policy }) => policy)).toEqual(['zeus', 'wattbandit']);
    expect(curves[0]!.points[0]).toEqual({ recurrences: 20, mean: 5, low: 5 - half, high: 5 + half });
    expect(curves[0]!.points[1]).toEqual({ recurrences: 100, mean: 7, low: 6.4, high: 7.6 });
  });

  it('says whose mean it is', () => {
    expect(jobsOf(results)).toBe('a on V100');
    expect(jobsOf([...results, row('zeus', 'b', 20, 4, 1), row('zeus', 'c', 20, 4, 1)])).toBe('mean over 3 jobs');
  });
});

const regret = regretPicture({ title: 'Regret', band: '95 %', curves: regretCurvesOf(results), notes: [] });
const power = powerPicture(tracePower(cifar, { batchSize: 512 }));
const timeline: CarbonTimeline = {
  ...{ title: 'Grid', provider: 'gbGrid', zone: 'GB', kind: 'average', unit: 'gCO2eq/kWh', notes: [] },
  runs: [
    {
      batchSize: 64,
      intervals: [
        interval(0, 180, { perKwh: 100, powerLimitWatts: 200 }),
        interval(1, 140, { perKwh: 200, status: 'forecast', powerLimitWatts: 150 }),
        interval(2, 140, { perKwh: null, status: 'unknown', powerLimitWatts: 150 }),
      ],
    },
    { batchSize: 128, intervals: [interval(4, 150, { perKwh: 50, status: 'estimated' })] },
  ],
  orders: [],
};
const carbon = carbonPicture(timeline);
const tradeOff = tradeOffPicture(traceTradeOff(cifar, 0.5));

describe('regretPicture', () => {
  it('has a curve and a band for each policy, a mark for each point, and the end of each by name', () => {
    expect(count(regret, '.curve > path')).toBe(2);
    expect(count(regret, '.band > path')).toBe(2);
    expect(count(regret, '.point > circle')).toBe(3);
    const names = [...documentOf(regret).querySelectorAll('.policy > text')].map(({ textContent }) => textContent);
    expect(names).toEqual(['zeus 7.00', 'wattbandit 1.00']);
    expect(regret.table.rows).toContainEqual(['zeus', '100', '7.00', '6.40', '7.60']);
  });
});

describe('powerPicture', () => {
  it('has a mark for each limit in each of three panels, and rings the limit of least cost', () => {
    const limits = cifar.powerLimitsFor(512);
    expect(count(power, '.own > circle')).toBe(3 * limits.length);
    expect(count(power, '.chosen > circle')).toBe(3);
    const cost = (watts: number) => {
      const at = cifar.measure(512, watts);
      return epochCostJoules({ batchSize: 512, powerLimitWatts: watts, source: 'profile', ...at }, 0.5, 250);
    };
    const least = limits.reduce((best, watts) => (cost(watts) < cost(best) ? watts : best));
    const chosen = power.table.rows.filter((cells) => cells.at(-1) === 'chosen').map(([name]) => name);
    expect(chosen).toEqual([`batch size 512, ${least} W`]);
  });

  it('has the other sizes behind, and all of them in its table', () => {
    expect(count(power, '.others > path')).toBe(3 * (cifar.job.batchSizes.length - 1));
    expect(power.table.rows).toHaveLength(cifar.job.batchSizes.flatMap((size) => cifar.powerLimitsFor(size)).length);
  });
});

describe('carbonPicture', () => {
  it('tells observed, forecast and unknown apart', () => {
    const document = documentOf(carbon);
    expect(document.querySelectorAll('.observed > rect')).toHaveLength(1);
    expect(document.querySelectorAll('.forecast > rect')).toHaveLength(2);
    expect(document.querySelector('.forecast')!.getAttribute('fill')).toBe('url(#forecastHatch)');
    expect(document.querySelectorAll('pattern#forecastHatch')).toHaveLength(1);
    expect(document.querySelectorAll('.stale > rect')).toHaveLength(1);
  });

  it('has a block for each run, and joins nothing from one to the next', () => {
    expect(count(carbon, '.run > rect')).toBe(2);
    expect(count(carbon, '.eta > path')).toBe(2);
    expect(count(carbon, '.drawn > path')).toBe(2);
  });

  it('shows limits only where they were recorded', () => {
    expect(count(carbon, '.limit > path')).toBe(1);
    const limits = carbon.table.rows.map((cells) => cells[6]);
    expect(limits).toEqual(['200 W', '150 W', '150 W', '–']);
  });
});

describe('carbonPicture of a log', () => {
  const [first, second] = timeline.runs;
  const expected: Expected = {
    by: 'provider',
    slots: [0, 1, 2, 3].map((hour) => ({ validFromAt: hourAt(hour - 1), validToAt: hourAt(hour), value: 100 * hour })),
  };
  const orders: readonly OrderSpan[] = [
    { holds: 'eta', text: 'η 0.9', fromAt: hourAt(-9), toAt: hourAt(-8) },
    { holds: 'eta', text: 'η 0.8', fromAt: hourAt(-1), toAt: hourAt(2) },
    { holds: 'limit', text: 'frozen: batch size and limit stay', fromAt: hourAt(1), toAt: null },
    { holds: 'limit', text: 'at most 150 W', fromAt: hourAt(1), toAt: hourAt(1.5) },
  ];
  const picture = carbonPicture({ ...timeline, runs: [{ ...first!, expected }, second!], orders });
  const textsOf = (selector: string) =>
    [...documentOf(picture).querySelectorAll(selector)].map(({ textContent }) => textContent);

  it('has a dashed line for each run of which something was expected, and its values in the table', () => {
    const lines = documentOf(picture).querySelectorAll('.expected > path');
    expect(lines).toHaveLength(1);
    expect(documentOf(picture).querySelector('.expected')!.getAttribute('stroke-dasharray')).toBe('5 3');
    expect(picture.table.columns.at(-2)).toBe('Expected');
    expect(picture.table.rows.map((cells) => cells.at(-2))).toEqual(['100', '200', '300', '–']);
    expect(picture.notes.join()).toContain('of 1 runs the provider’s forecast, of 0 its own');
  });

  it('shades each order that held within it, below one another where names would run together', () => {
    expect(count(picture, '.order > rect')).toBe(3);
    expect(textsOf('.orderName > text')).toEqual(['#1 η 0.8', '#2 frozen', '#3 at most 150 W']);
    expect(picture.notes).toContain(
      `Order #2 held the power limit: frozen: batch size and limit stay, from ${instant(hourAt(1))} and still held when this was drawn.`,
    );
    expect(picture.table.rows.map((cells) => cells.at(-1))).toEqual(['#1', '#1 #2 #3', '#2', '#2']);
  });

  it('says nothing of either where there is none', () => {
    expect(carbon.table.columns).not.toContain('Expected');
    expect(carbon.table.columns).not.toContain('Orders');
    expect(svgFileOf(carbon)).not.toContain('Dashed');
  });
});

describe('traceCarbon', () => {
  const [series] = loadZones(packagedGrids, ['CISO']);
  const [curve] = loadCurves(packagedTraces, ['a40-resnet50-b128']);
  const scene = { series: series!, curve: curve!, eta: 0.5 };

  it('plays runs hour by hour: the dirtier the hour, the larger η and the lower the limit', () => {
    const { runs } = traceCarbon({ ...scene, fromAt: '2021-07-01T00:00:00.000Z' });
    expect(runs).toHaveLength(3);
    for (const { intervals } of runs) {
      const ordered = intervals.toSorted((a, b) => a.perKwh! - b.perKwh!);
      const [cleanest, dirtiest] = [ordered[0]!, ordered.at(-1)!];
      expect(dirtiest.eta).toBeGreaterThan(cleanest.eta);
      expect(dirtiest.powerLimitWatts!).toBeLessThan(cleanest.powerLimitWatts!);
      const seconds = intervals.reduce((sum, one) => sum + one.seconds, 0);
      expect(seconds).toBeGreaterThanOrEqual(24 * 3600);
      intervals.slice(1).forEach((one, n) => expect(one.fromAt).toBe(intervals[n]!.toAt));
    }
  });

  it('expects of the first hour about what it is, and of later ones what was usual', () => {
    const { runs } = traceCarbon({ ...scene, fromAt: '2021-07-01T00:00:00.000Z' });
    for (const { intervals, expected } of runs) {
      const errors = intervals.map(({ perKwh }, n) => Math.abs(expected!.slots[n]!.value / perKwh! - 1));
      expect(errors[0]).toBeLessThan(0.1);
      expect(Math.max(...errors)).toBeGreaterThan(errors[0]!);
      expect(Math.max(...errors)).toBeLessThan(1);
    }
  });

  it('refuses a time that is not recorded', () => {
    expect(() => traceCarbon({ ...scene, fromAt: '2031-01-01T00:00:00.000Z' })).toThrow(
      /^Cannot play runs in CISO from 2031-01-01T00:00:00.000Z: its recording has room for them from 2020-/,
    );
  });
});

const pictures = Object.entries({ regret, power, carbon, tradeOff });

describe.each(pictures)('htmlOf %s', (_, picture) => {
  const html = htmlOf(picture);
  const { document } = parseHTML(html);

  it('fetches nothing, and allows no script but its own', () => {
    expect(document.querySelectorAll('[src], link, iframe, image, @import')).toHaveLength(0);
    const policy = document.querySelector('meta[http-equiv]')!.getAttribute('content')!;
    const script = document.querySelector('script')?.textContent;
    expect(policy.startsWith("default-src 'none'; style-src 'unsafe-inline'")).toBe(true);
    if (script === undefined) expect(policy).not.toContain('script-src');
    else expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  });

  it('has the table', () => {
    const rows = [...document.querySelectorAll('tbody tr')].map((line) =>
      [...line.children].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual(picture.table.rows);
    expect(document.querySelectorAll('tbody th[scope=row]')).toHaveLength(rows.length);
  });

  it('has every id once', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe.each(pictures)('pngOf %s', (_, picture) => {
  it('is a PNG of twice the size', async () => {
    const png = await pngOf(svgFileOf(picture));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * 820);
  });
});

/** WCAG 2, relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe.each(['light', 'dark'] as const)('declarations of %s', (mode) => {
  const colours = new Map(
    [...declarations(mode).matchAll(/--(\w+): (#\w+);/g)].map(([, name, colour]) => [name!, colour!]),
  );
  const contrast = (name: string) => {
    const [low, high] = [luminance(colours.get(name)!), luminance(colours.get('ground')!)].toSorted((a, b) => a - b);
    return (high! + 0.05) / (low! + 0.05);
  };

  it.each(['vermillion', 'stale'])('%s stands out 3 : 1, as marks must', (name) => {
    expect(contrast(name)).toBeGreaterThanOrEqual(3);
  });

  it.each(['ink', 'quiet', 'blue', 'green', 'purple'])('%s stands out 4.5 : 1, as text must', (name) => {
    expect(contrast(name)).toBeGreaterThanOrEqual(4.5);
  });
});
