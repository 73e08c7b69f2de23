/** The trade-off of a job as a picture: time and energy of a run, one mark for each batch size and power limit. */
import { zeusCostJoules } from '../../policy/cost';
import type { Interval, TradeOffPoint } from '../../policy/tradeOff';
import { duration, energy, watts } from '../cli/numbers';
import { draw } from './canvas';
import { cheapestOf } from './isoCost';
import type { Picture, Table } from './picture';
import { type Labelled, frontierOf } from './tradeOffMarks';
import { frameOf, tradeOffPlot } from './tradeOffPlot';

export interface Choice {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
}

export interface TradeOff {
  readonly title: string;
  readonly eta: number;
  readonly maxPowerWatts: number;
  /** Not empty. */
  readonly points: readonly TradeOffPoint[];
  readonly defaultChoice: Choice;
  /** The latest decision; null where none was made. */
  readonly chosen: Choice | null;
  readonly notes: readonly string[];
}

const legend = [
  'Larger mark: higher limit. Filled: known; hollow: predicted, with 90 % intervals. Dotted: Pareto frontier. Curve: costs the same as the cheapest.',
];

export function tradeOffPicture(facts: TradeOff): Picture {
  const { points, eta, maxPowerWatts, title, notes } = facts;
  const costOf = costUnder(facts);
  const cheapest = points[cheapestOf(points, costOf)];
  if (cheapest === undefined) throw new Error('Cannot draw a trade-off without points.');
  const frame = frameOf(points);
  const description = describe(facts, cheapest);
  const labelled = labelledOf(facts);
  const panel = tradeOffPlot({
    eta,
    points,
    words: wordsOf,
    labelled,
    cheapest,
    name: nameOf(cheapest),
    costOf,
    frame,
  });
  const runs = points.map((point) => {
    const { seconds, joules } = point;
    return { name: nameOf(point), words: wordsOf(point), seconds, joules };
  });
  return {
    ...{ title, description, notes },
    svg: draw({ title, description, legend, panels: [panel] }),
    table: tableOf(facts, costOf),
    steerable: { eta, maxPowerWatts, frame, runs },
  };
}

function costUnder({ eta, maxPowerWatts }: TradeOff) {
  return (joules: number, seconds: number) => zeusCostJoules(joules, seconds, eta, maxPowerWatts);
}

/** What is both gets both names. */
function labelledOf({ points, defaultChoice, chosen }: TradeOff): readonly Labelled[] {
  return points.flatMap((point) => {
    const names = [
      ...(isSame(point, defaultChoice) ? ['default'] : []),
      ...(chosen !== null && isSame(point, chosen) ? ['chosen'] : []),
    ];
    return names.length === 0 ? [] : [{ point, label: `${names.join(', ')}: ${nameOf(point)}` }];
  });
}

function isSame(point: TradeOffPoint, choice: Choice): boolean {
  return point.batchSize === choice.batchSize && point.powerLimitWatts === choice.powerLimitWatts;
}

function nameOf({ batchSize, powerLimitWatts }: Choice): string {
  return `batch size ${batchSize}, ${watts(powerLimitWatts)}`;
}

function wordsOf(point: TradeOffPoint): string {
  return `${nameOf(point)}: ${duration(point.seconds)}, ${energy(point.joules)}${point.known ? '' : ', predicted'}`;
}

function describe({ points, eta, defaultChoice }: TradeOff, cheapest: TradeOffPoint): string {
  const usual = points.find((point) => isSame(point, defaultChoice));
  return [
    `Time and energy of a run at ${points.length} combinations of batch size and power limit.`,
    `Under η ${eta} the cheapest is ${wordsOf(cheapest)}.`,
    ...(usual === undefined ? [] : [`The default is ${wordsOf(usual)}.`]),
  ].join(' ');
}

function tableOf(facts: TradeOff, costOf: (joules: number, seconds: number) => number): Table {
  const { points, eta } = facts;
  const labels = new Map(labelledOf(facts).map(({ point, label }) => [point, label.split(':')[0] ?? '']));
  const frontier = new Set(frontierOf(points));
  const cheapest = points[cheapestOf(points, costOf)];
  return {
    columns: [
      'Batch size, limit',
      'Time',
      '90 % within',
      'Energy',
      '90 % within',
      `Cost at η ${eta}`,
      'Known',
      'Frontier',
      'Mark',
    ],
    rows: points.map((point) => [
      nameOf(point),
      duration(point.seconds),
      rangeWords(duration, point.within?.seconds),
      energy(point.joules),
      rangeWords(energy, point.within?.joules),
      energy(costOf(point.joules, point.seconds)),
      point.known ? 'yes' : 'predicted',
      frontier.has(point) ? 'yes' : '–',
      [...(labels.get(point) ?? '').split(', ').filter(Boolean), ...(point === cheapest ? ['cheapest'] : [])].join(
        ', ',
      ),
    ]),
  };
}

function rangeWords(words: (value: number) => string, range: Interval | undefined): string {
  return range === undefined ? '–' : `${words(range.low)} to ${words(range.high)}`;
}
