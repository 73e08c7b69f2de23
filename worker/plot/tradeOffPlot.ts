/** Axes and layers of the trade-off. */
import type * as Plot from '@observablehq/plot';
import type { TradeOffPoint } from '../../policy/tradeOff';
import { type Panel, shapeMark, sideMargins, width } from './canvas';
import { accent, ground, ink } from './colours';
import { type CostOf, type Frame, isoCostPath, placeOf } from './isoCost';
import { type Axes, type Labelled, frontierMark, labelMarks, pointMarks, sizeLabels } from './tradeOffMarks';
import { axis, baseName, valueName } from './marks';
import { energyUnit, timeUnit } from './units';

export interface TradeOffPlot {
  readonly eta: number;
  readonly points: readonly TradeOffPoint[];
  readonly words: (point: TradeOffPoint) => string;
  readonly labelled: readonly Labelled[];
  readonly cheapest: TradeOffPoint;
  /** Of the cheapest. */
  readonly name: string;
  readonly costOf: CostOf;
  readonly frame: Frame;
}

const height = 500;
const margins = { ...sideMargins, marginTop: 26, marginBottom: 48 };
export function tradeOffPlot({ points, words, labelled, frame, ...best }: TradeOffPlot): Panel {
  const axes = axesOf(points);
  const { time, energy } = axes;
  const scale = { ...axis, type: 'log', ticks: 7 } as const;
  return {
    height,
    ...margins,
    x: { ...scale, domain: frame.seconds.map((one) => one / time.size) },
    y: { ...scale, domain: frame.joules.map((one) => one / energy.size) },
    symbol: { type: 'identity' },
    r: { type: 'identity' },
    marks: [
      baseName(`Time to accuracy (${time.name})`),
      valueName(`Energy to accuracy (${energy.name})`),
      frontierMark(points, axes),
      ...pointMarks(points, axes, words),
      sizeLabels(points, axes),
      ...labelMarks(labelled, axes),
      ...cheapestMarks(best, frame),
    ],
  };
}

/** Their ids are for the slider of a page, which moves them. */
function cheapestMarks(
  { cheapest, name, eta, costOf }: Pick<TradeOffPlot, 'cheapest' | 'name' | 'eta' | 'costOf'>,
  frame: Frame,
): Plot.Markish[] {
  const { x, y, anchor, dx } = placeOf(cheapest, frame);
  const path = isoCostPath(costOf(cheapest.joules, cheapest.seconds), costOf, frame);
  const ring = { r: 9.5, fill: 'none', stroke: accent, 'stroke-width': 2 };
  const text = { fill: ink, stroke: ground, 'stroke-width': 4, 'paint-order': 'stroke', 'font-weight': 600 };
  return [
    shapeMark({
      name: 'path',
      attributes: { id: 'isoCost', d: path, fill: 'none', stroke: accent, 'stroke-width': 2 },
    }),
    shapeMark({
      name: 'g',
      attributes: { id: 'cheapest', transform: `translate(${x},${y})` },
      within: [
        { name: 'circle', attributes: ring },
        {
          name: 'text',
          attributes: { id: 'cheapestName', x: dx, y: 17, 'text-anchor': anchor, ...text },
          text: `cheapest at η ${eta}: ${name}`,
        },
      ],
    }),
  ];
}

function axesOf(points: readonly TradeOffPoint[]): Axes {
  return {
    time: timeUnit(points.map(({ seconds }) => seconds)),
    energy: energyUnit(points.map(({ joules }) => joules)),
    batchSizes: [...new Set(points.map(({ batchSize }) => batchSize))].toSorted((a, b) => a - b),
    limitsWatts: points.map(({ powerLimitWatts }) => powerLimitWatts),
  };
}

/** A little wider than all that is drawn. */
export function frameOf(points: readonly TradeOffPoint[]): Frame {
  const { marginLeft, marginRight, marginTop, marginBottom } = margins;
  const predicted = points.flatMap(({ known, within }) => (known || within === null ? [] : [within]));
  return {
    seconds: spanOf([
      ...points.map(({ seconds }) => seconds),
      ...predicted.flatMap(({ seconds: { low, high } }) => [low, high]),
    ]),
    joules: spanOf([
      ...points.map(({ joules }) => joules),
      ...predicted.flatMap(({ joules: { low, high } }) => [low, high]),
    ]),
    x: [marginLeft, width - marginRight],
    y: [height - marginBottom, marginTop],
  };
}

function spanOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(1.1, (high / low) ** 0.07);
  return [low / room, high * room];
}
