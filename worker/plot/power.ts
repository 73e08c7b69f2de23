/** Power profiles as a picture: speed, power and cost of an epoch against the power limit. */
import * as Plot from '@observablehq/plot';
import { epochCostJoules } from '../../policy/cost';
import type { PowerMeasurement } from '../../policy/facts';
import { energy, watts } from '../cli/numbers';
import { type Panel, draw } from './canvas';
import { accent, ground, ink, seriesColour, stale } from './colours';
import { axis, baseName, valueName } from './marks';
import type { Picture } from './picture';
import { energyUnit } from './units';

export interface PowerProfiles {
  readonly title: string;
  readonly eta: number;
  readonly maxPowerWatts: number;
  /** The size that the picture is about; the others are there to compare. */
  readonly batchSize: number;
  readonly chosenWatts: number | null;
  /** Not empty. */
  readonly measurements: readonly PowerMeasurement[];
  readonly notes: readonly string[];
}

interface Curve {
  readonly name: string;
  readonly of: (at: PowerMeasurement) => number;
}

const legend = ['Strong: the batch size of the title; thin: the job’s other ones. Ring: the chosen limit.'];

export function powerPicture(facts: PowerProfiles): Picture {
  const { title, eta, maxPowerWatts, measurements, notes } = facts;
  const ordered = measurements.toSorted((a, b) => a.batchSize - b.batchSize || a.powerLimitWatts - b.powerLimitWatts);
  const costOf = (at: PowerMeasurement) => epochCostJoules(at, eta, maxPowerWatts);
  const { name: unit, size } = energyUnit(ordered.map(costOf));
  const curves: readonly Curve[] = [
    { name: 'Epochs an hour', of: ({ secondsPerEpoch }) => 3600 / secondsPerEpoch },
    { name: 'Average power (W)', of: ({ averageWatts }) => averageWatts },
    { name: `Cost of an epoch at η ${eta} (${unit})`, of: (at) => costOf(at) / size },
  ];
  const description = describe(facts, costOf);
  const panels = curves.map((curve, at) =>
    panelOf(curve, { ...facts, measurements: ordered }, at === curves.length - 1),
  );
  return {
    ...{ title, description, notes },
    svg: draw({ title, description, legend, panels }),
    table: {
      columns: [
        'Batch size, limit',
        'Epochs an hour',
        'Average power',
        'Energy of an epoch',
        `Cost at η ${eta}`,
        'Chosen',
      ],
      rows: ordered.map((at) => [
        nameOf(at),
        (3600 / at.secondsPerEpoch).toFixed(2),
        `${at.averageWatts.toFixed(1)} W`,
        energy(at.averageWatts * at.secondsPerEpoch),
        energy(costOf(at)),
        isChosen(at, facts) ? 'chosen' : '–',
      ]),
    },
  };
}

function panelOf({ name, of }: Curve, facts: PowerProfiles, isLast: boolean): Panel {
  const { measurements, batchSize } = facts;
  const own = measurements.filter((at) => at.batchSize === batchSize);
  const others = measurements.filter((at) => at.batchSize !== batchSize);
  const place = { x: 'powerLimitWatts', y: of } as const;
  const title = (at: PowerMeasurement) => `${nameOf(at)}: ${of(at).toPrecision(3)}`;
  const words = { textAnchor: 'start', dx: 9, fill: ink, stroke: ground, strokeWidth: 4 } as const;
  return {
    height: isLast ? 214 : 190,
    marginTop: 28,
    marginBottom: isLast ? 48 : 24,
    marginRight: 60,
    x: { ...axis, inset: 10 },
    y: { ...axis, zero: true, ticks: 5 },
    marks: [
      valueName(name),
      ...(isLast ? [baseName('Power limit (W)')] : []),
      Plot.line(others, {
        ...place,
        z: 'batchSize',
        stroke: stale,
        strokeWidth: 1,
        title: ({ batchSize: size }) => `batch size ${size}`,
        className: 'others',
      }),
      Plot.line(own, { ...place, stroke: seriesColour(0), strokeWidth: 2.5, className: 'own' }),
      Plot.dot(own, { ...place, r: 3.5, fill: seriesColour(0), title, className: 'own' }),
      Plot.dot(
        own.filter((at) => isChosen(at, facts)),
        { ...place, r: 8.5, stroke: accent, strokeWidth: 2, className: 'chosen' },
      ),
      Plot.text(own.slice(-1), {
        ...place,
        ...words,
        fontWeight: 600,
        text: (at) => String(at.batchSize),
        className: 'sizeName',
      }),
    ],
  };
}

function isChosen({ batchSize, powerLimitWatts }: PowerMeasurement, facts: PowerProfiles): boolean {
  return batchSize === facts.batchSize && powerLimitWatts === facts.chosenWatts;
}

function nameOf({ batchSize, powerLimitWatts }: PowerMeasurement): string {
  return `batch size ${batchSize}, ${watts(powerLimitWatts)}`;
}

function describe({ measurements, ...facts }: PowerProfiles, costOf: (at: PowerMeasurement) => number): string {
  const own = measurements.filter(({ batchSize }) => batchSize === facts.batchSize);
  const chosen = own.find((at) => isChosen(at, { measurements, ...facts }));
  const highest = own.toSorted((a, b) => b.powerLimitWatts - a.powerLimitWatts)[0];
  const what = `Speed, power and cost of an epoch at ${own.length} power limits for batch size ${facts.batchSize}.`;
  if (chosen === undefined || highest === undefined) return what;
  const speed = (100 * highest.secondsPerEpoch) / chosen.secondsPerEpoch;
  const share = (100 * costOf(chosen)) / costOf(highest);
  return `${what} At ${watts(chosen.powerLimitWatts)}, which is chosen, it runs at ${speed.toFixed(0)} % of the speed and ${share.toFixed(0)} % of the cost of ${watts(highest.powerLimitWatts)}.`;
}
