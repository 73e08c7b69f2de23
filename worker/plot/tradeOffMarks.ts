/** What is drawn of a trade-off: one mark for each batch size and limit, the Pareto frontier, what costs the same. */
import * as Plot from '@observablehq/plot';
import type { TradeOffPoint } from '../../policy/tradeOff';
import { ground, ink, seriesColour } from './colours';
import { type Unit } from './units';

const symbols = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star', 'wye'] as const;

export interface Axes {
  readonly time: Unit;
  readonly energy: Unit;
  readonly batchSizes: readonly number[];
  readonly limitsWatts: readonly number[];
}

/** Colours come again after four sizes and shapes after seven, so the two together after 28. */
function lookOf({ batchSize }: TradeOffPoint, { batchSizes }: Axes) {
  const index = batchSizes.indexOf(batchSize);
  return { colour: seriesColour(index), symbol: symbols[index % symbols.length] ?? 'circle' };
}

export function pointMarks(
  points: readonly TradeOffPoint[],
  axes: Axes,
  words: (point: TradeOffPoint) => string,
): Plot.Markish[] {
  const at = { x: xOf(axes), y: yOf(axes) };
  const colour = (point: TradeOffPoint) => lookOf(point, axes).colour;
  const predicted = points.filter(({ known }) => !known);
  const looks = {
    symbol: (point: TradeOffPoint) => lookOf(point, axes).symbol,
    title: words,
    r: (point: TradeOffPoint) => radiusOf(point, axes),
    strokeWidth: 1.5,
    stroke: colour,
  };
  return [
    Plot.line(points, {
      ...at,
      z: 'batchSize',
      stroke: colour,
      strokeOpacity: 0.35,
      className: 'ofOneSize',
    }),
    ...intervalMarks(predicted, axes),
    Plot.dot(predicted, { ...at, ...looks, fill: ground, className: 'predicted' }),
    Plot.dot(
      points.filter(({ known }) => known),
      { ...at, ...looks, stroke: ground, strokeWidth: 0.75, fill: colour, className: 'known' },
    ),
  ];
}

/** From the lowest limit to the highest. */
function radiusOf({ powerLimitWatts }: TradeOffPoint, { limitsWatts }: Axes): number {
  const [lowest, highest] = [Math.min(...limitsWatts), Math.max(...limitsWatts)];
  return highest === lowest ? 4.5 : 3.5 + (2.5 * (powerLimitWatts - lowest)) / (highest - lowest);
}

/** Of predictions only: of what is known, the table has them. */
function intervalMarks(points: readonly TradeOffPoint[], axes: Axes): Plot.Markish[] {
  const bounded = points.flatMap((point) => (point.within === null ? [] : [{ point, within: point.within }]));
  type Bounded = (typeof bounded)[number];
  const { time, energy } = axes;
  const line = { stroke: ({ point }: Bounded) => lookOf(point, axes).colour, strokeOpacity: 0.45 };
  return [
    Plot.ruleY(bounded, {
      ...line,
      y: ({ point }) => point.joules / energy.size,
      x1: ({ within }) => within.seconds.low / time.size,
      x2: ({ within }) => within.seconds.high / time.size,
      className: 'interval',
    }),
    Plot.ruleX(bounded, {
      ...line,
      x: ({ point }) => point.seconds / time.size,
      y1: ({ within }) => within.joules.low / energy.size,
      y2: ({ within }) => within.joules.high / energy.size,
      className: 'interval',
    }),
  ];
}

/** Nothing known is both faster and thriftier than these; by time. */
export function frontierOf(points: readonly TradeOffPoint[]): readonly TradeOffPoint[] {
  let least = Infinity;
  return points
    .filter(({ known }) => known)
    .toSorted((a, b) => a.seconds - b.seconds || a.joules - b.joules)
    .filter(({ joules }) => {
      const isBetter = joules < least;
      least = Math.min(least, joules);
      return isBetter;
    });
}

export function frontierMark(points: readonly TradeOffPoint[], axes: Axes): Plot.Markish {
  return Plot.line(frontierOf(points), {
    x: xOf(axes),
    y: yOf(axes),
    stroke: ink,
    strokeWidth: 1.25,
    strokeDasharray: '2,3',
    className: 'frontier',
  });
}

/** The name of each batch size, at its fastest mark. */
export function sizeLabels(points: readonly TradeOffPoint[], axes: Axes): Plot.Markish {
  const fastest = axes.batchSizes.flatMap((size) =>
    points
      .filter(({ batchSize }) => batchSize === size)
      .toSorted((a, b) => b.joules - a.joules)
      .slice(0, 1),
  );
  return Plot.text(fastest, {
    x: xOf(axes),
    y: yOf(axes),
    text: ({ batchSize }) => String(batchSize),
    fill: (point) => lookOf(point, axes).colour,
    stroke: ground,
    strokeWidth: 3,
    dy: -11,
    className: 'sizeName',
  });
}

export interface Labelled {
  readonly point: TradeOffPoint;
  readonly label: string;
}

/** Rings and words for what stands out. */
export function labelMarks(labelled: readonly Labelled[], axes: Axes): Plot.Markish[] {
  const at = {
    x: ({ point }: Labelled) => point.seconds / axes.time.size,
    y: ({ point }: Labelled) => point.joules / axes.energy.size,
  };
  return [
    Plot.dot(labelled, { ...at, r: 8.5, stroke: ink, strokeWidth: 1.5, className: 'standsOut' }),
    Plot.text(labelled, {
      ...at,
      text: ({ label }) => label,
      textAnchor: 'start',
      dx: 14,
      fill: ink,
      stroke: ground,
      strokeWidth: 4,
      fontWeight: 600,
      className: 'standsOut',
    }),
  ];
}

function xOf({ time }: Axes) {
  return ({ seconds }: TradeOffPoint) => seconds / time.size;
}

function yOf({ energy }: Axes) {
  return ({ joules }: TradeOffPoint) => joules / energy.size;
}
