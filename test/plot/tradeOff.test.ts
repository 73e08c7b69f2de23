import { parseHTML } from 'linkedom';
import { join } from 'node:path';
import { zeusCostJoules } from '../../policy/cost';
import type { TradeOffPoint } from '../../policy/tradeOff';
import { loadTraces } from '../../simulation/traces';
import { htmlOf } from '../../worker/plot/html';
import { cheapestOf, isoCostPath, pixelOf, placeOf } from '../../worker/plot/isoCost';
import { svgFileOf } from '../../worker/plot/picture';
import { steer } from '../../worker/plot/steer';
import { traceTradeOff } from '../../worker/plot/traceFacts';
import { type TradeOff, tradeOffPicture } from '../../worker/plot/tradeOff';
import { frontierOf } from '../../worker/plot/tradeOffMarks';

const [cifar] = loadTraces(join(__dirname, '../../data/zeus'), 'v100', { jobs: ['cifar100'] });
const recorded = traceTradeOff(cifar!, 0.5);

function predicted(batchSize: number, powerLimitWatts: number, seconds: number, joules: number): TradeOffPoint {
  const around = (value: number) => ({ low: value / 2, high: value * 2 });
  const within = { seconds: around(seconds), joules: around(joules) };
  return { batchSize, powerLimitWatts, seconds, joules, within, known: false };
}

const mixed: TradeOff = {
  ...recorded,
  chosen: { batchSize: 128, powerLimitWatts: 125 },
  points: [...recorded.points, predicted(2048, 250, 900, 1.5e5), predicted(4096, 250, 1200, 3e5)],
};

const svgOf = (facts: TradeOff) => parseHTML(`<body>${svgFileOf(tradeOffPicture(facts))}</body>`).document;

/** Pairs of pixels of an SVG path. */
function pixelsOf(path: string): readonly (readonly [number, number])[] {
  return [...path.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('tradeOffPicture', () => {
  it('has one mark for each batch size and limit, hollow where it is predicted', () => {
    const document = svgOf(mixed);
    expect(document.querySelectorAll('.known > path')).toHaveLength(recorded.points.length);
    const hollow = [...document.querySelectorAll('.predicted > path')];
    expect(hollow.map((mark) => mark.getAttribute('fill') ?? mark.parentElement!.getAttribute('fill'))).toEqual([
      '#ffffff',
      '#ffffff',
    ]);
    expect(document.querySelectorAll('.interval > line')).toHaveLength(4);
  });

  it('tells of each mark what it is', () => {
    const document = svgOf(mixed);
    const titles = [...document.querySelectorAll('.known > path > title')].map(({ textContent }) => textContent);
    expect(new Set(titles).size).toBe(recorded.points.length);
    expect(titles).toContain('batch size 128, 100 W: 5.65 min, 28.5 kJ');
    expect(document.querySelector('.predicted title')!.textContent).toMatch(/, predicted$/);
  });

  it('names default, chosen and cheapest, and has a title and a description', () => {
    const document = svgOf(mixed);
    const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toContain('default: batch size 1024, 250 W');
    expect(texts).toContain('chosen: batch size 128, 125 W');
    expect(texts).toContain('cheapest at η 0.5: batch size 128, 100 W');
    const svg = document.querySelector('svg')!;
    const [title, description] = svg
      .getAttribute('aria-labelledby')!
      .split(' ')
      .map((id: string) => document.getElementById(id));
    expect(svg.getAttribute('role')).toBe('img');
    expect(title!.textContent).toBe('cifar100 on V100: time and energy to accuracy');
    expect(description!.textContent).toContain('Under η 0.5 the cheapest is batch size 128, 100 W: 5.65 min, 28.5 kJ.');
  });

  it('needs nothing around it: no variable, no address but that of SVG', () => {
    const svg = svgFileOf(tradeOffPicture(mixed));
    expect(svg).not.toContain('var(');
    expect([...svg.matchAll(/https?:[^"]*/g)].map(String)).toEqual(['http://www.w3.org/2000/svg']);
  });

  it('has a row for each mark in its table, with what it costs', () => {
    const { table } = tradeOffPicture(mixed);
    expect(table.rows.map(([name]) => name)).toEqual(
      mixed.points.map(({ batchSize, powerLimitWatts }) => `batch size ${batchSize}, ${powerLimitWatts} W`),
    );
    const row = table.rows.find(([name]) => name === 'batch size 128, 100 W');
    const cost = zeusCostJoules(28_500, 5.65 * 60, 0.5, 250) / 1000;
    expect(row).toEqual([row![0], '5.65 min', '–', '28.5 kJ', '–', `${cost.toFixed(1)} kJ`, 'yes', 'yes', 'cheapest']);
  });

  it('takes names for text', () => {
    const picture = tradeOffPicture({ ...mixed, title: '<b onload="x">&', notes: ['<script>'] });
    expect(picture.svg).not.toContain('<b onload');
    expect(htmlOf(picture).match(/<script/g)).toHaveLength(1);
  });

  it('of one point draws a frame that has room', () => {
    const { steerable } = tradeOffPicture({ ...recorded, points: recorded.points.slice(0, 1) });
    const [from, to] = steerable!.frame.seconds;
    expect(from).toBeLessThan(recorded.points[0]!.seconds);
    expect(to).toBeGreaterThan(recorded.points[0]!.seconds);
  });
});

describe('frontierOf', () => {
  it('has exactly what nothing known beats in both time and energy', () => {
    const { points } = recorded;
    const beaten = (one: TradeOffPoint) =>
      points.some((other) => other !== one && other.seconds <= one.seconds && other.joules <= one.joules);
    const expected = points.filter((point) => !beaten(point)).map(({ seconds }) => seconds);
    expect(expected.length).toBeGreaterThan(1);
    expect(frontierOf(mixed.points).map(({ seconds }) => seconds)).toEqual(expected.toSorted((a, b) => a - b));
  });
});

describe.each([0, 0.2, 0.5, 0.9, 1])('isoCostPath under η %d', (eta) => {
  const { steerable, svg } = tradeOffPicture({ ...recorded, eta });
  const { frame, maxPowerWatts } = steerable!;
  const costOf = (joules: number, seconds: number) => zeusCostJoules(joules, seconds, eta, maxPowerWatts);
  const cheapest = recorded.points[cheapestOf(recorded.points, costOf)]!;
  const path = pixelsOf(isoCostPath(costOf(cheapest.joules, cheapest.seconds), costOf, frame));
  const pixel = ({ seconds, joules }: TradeOffPoint) =>
    [pixelOf(seconds, frame.seconds, frame.x), pixelOf(joules, frame.joules, frame.y)] as const;

  it('leads through the cheapest, and no mark lies on its cheap side', () => {
    const [x, y] = pixel(cheapest);
    const distances = path.map(([left, top]) => Math.hypot(left - x, top - y));
    expect(path.length).toBeGreaterThan(5);
    expect(Math.min(...distances)).toBeLessThan(20);
    for (const point of recorded.points) {
      const [left, top] = pixel(point);
      // What costs less lies left of some of the curve, and below it; pixels grow downwards.
      for (const [at, height] of path) expect(at > left + 0.5 && height < top - 0.5).toBe(false);
    }
  });

  it('is in the drawing', () => {
    const { document } = parseHTML(`<body>${svg}</body>`);
    expect(pixelsOf(document.getElementById('isoCost')!.getAttribute('d'))).toEqual(path);
  });
});

describe('steer', () => {
  /** A page whose slider stands at some η, as far as the function looks at it. */
  function pageAt(start: number) {
    const { document } = parseHTML(htmlOf(tradeOffPicture(recorded)));
    const slider = document.getElementById('eta')!;
    slider.setAttribute('value', String(start));
    steer(document, tradeOffPicture(recorded).steerable!, {
      ...{ zeusCostJoules, cheapestOf, isoCostPath, placeOf },
    });
    const move = (eta: number) => {
      slider.setAttribute('value', String(eta));
      slider.dispatchEvent(new document.defaultView!.Event('input'));
      return document.getElementById('winner')!.textContent;
    };
    return { document, move };
  }

  it('names the winner that the policy’s cost names, for every η', () => {
    const { move } = pageAt(0.5);
    const winners = new Set<string>();
    for (let step = 0; step <= 100; step++) {
      const eta = step / 100;
      const { batchSize, powerLimitWatts } = recorded.points.reduce((best, point) =>
        zeusCostJoules(point.joules, point.seconds, eta, 250) < zeusCostJoules(best.joules, best.seconds, eta, 250)
          ? point
          : best,
      );
      const name = `batch size ${batchSize}, ${powerLimitWatts} W`;
      expect(move(eta)).toContain(`At η ${eta.toFixed(2)} the cheapest is ${name}:`);
      winners.add(name);
    }
    expect(winners.size).toBeGreaterThan(1);
  });

  it('moves line and ring, and shows the slider that is hidden without a script', () => {
    const { document, move } = pageAt(0.5);
    expect(document.getElementById('steering')!.hasAttribute('hidden')).toBe(false);
    const state = () => [
      document.getElementById('isoCost')!.getAttribute('d'),
      document.getElementById('cheapest')!.getAttribute('transform'),
    ];
    const before = state();
    move(0);
    expect(state()[0]).not.toBe(before[0]);
    expect(state()[1]).not.toBe(before[1]);
  });
});
