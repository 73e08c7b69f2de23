/** Cumulative regret of policies, with a band each. */
import * as Plot from '@observablehq/plot';
import { type Panel, draw, sideMargins } from './canvas';
import { ground, ink, seriesColour } from './colours';
import { axis, baseName, valueName } from './marks';
import type { Picture } from './picture';

export interface RegretPoint {
  readonly recurrences: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface RegretCurve {
  readonly policy: string;
  /** By recurrences, ascending; not empty. */
  readonly points: readonly RegretPoint[];
}

export interface Regret {
  readonly title: string;
  /** What the band is. */
  readonly band: string;
  readonly curves: readonly RegretCurve[];
  readonly notes: readonly string[];
}

interface Placed extends RegretPoint {
  readonly policy: string;
  readonly index: number;
}

export function regretPicture({ title, band, curves, notes }: Regret): Picture {
  const description = `Regret grows to ${curves.map(endWords).join(', ')}.`;
  const legend = [
    'Regret: recurrences’ worth of the best fixed choice’s cost that were wasted so far.',
    `Band: ${band}.`,
  ];
  return {
    ...{ title, description, notes },
    svg: draw({ title, description, legend, panels: [panelOf(curves)] }),
    table: {
      columns: ['Policy', 'Recurrences', 'Regret', 'Band from', 'to'],
      rows: curves.flatMap(({ policy, points }) =>
        points.map(({ recurrences, mean, low, high }) => [
          policy,
          String(recurrences),
          ...[mean, low, high].map((value) => value.toFixed(2)),
        ]),
      ),
    },
  };
}

function endWords({ policy, points }: RegretCurve): string {
  const end = points.at(-1);
  return `${end?.mean.toFixed(2) ?? '–'} after ${end?.recurrences ?? 0} recurrences with ${policy}`;
}

const dashes = ['none', '6,3', '2,3', '8,3,2,3'] as const;

function panelOf(curves: readonly RegretCurve[]): Panel {
  const placed = curves.flatMap(({ policy, points }, index): Placed[] =>
    points.map((point) => ({ ...point, policy, index })),
  );
  const ends = curves.flatMap(({ policy, points }, index): Placed[] =>
    points.slice(-1).map((point) => ({ ...point, policy, index })),
  );
  const colour = ({ index }: Placed) => seriesColour(index);
  return {
    height: 400,
    ...sideMargins,
    marginRight: 110,
    marginTop: 26,
    marginBottom: 48,
    x: { ...axis, domain: [0, Math.max(...placed.map(({ recurrences }) => recurrences))] },
    y: { ...axis, zero: true },
    marks: [
      baseName('Recurrences'),
      valueName('Regret'),
      Plot.areaY(placed, {
        x: 'recurrences',
        y1: 'low',
        y2: 'high',
        z: 'policy',
        fill: colour,
        fillOpacity: 0.18,
        className: 'band',
      }),
      ...curves.map((_, index) =>
        Plot.line(
          placed.filter((point) => point.index === index),
          {
            x: 'recurrences',
            y: 'mean',
            stroke: seriesColour(index),
            strokeWidth: 2,
            strokeDasharray: dashes[index % dashes.length],
            className: 'curve',
          },
        ),
      ),
      Plot.dot(placed.length > 60 ? ends : placed, {
        x: 'recurrences',
        y: 'mean',
        r: 3,
        fill: colour,
        title: pointWords,
        className: 'point',
      }),
      Plot.text(ends, {
        x: 'recurrences',
        y: 'mean',
        text: ({ policy, mean }) => `${policy} ${mean.toFixed(2)}`,
        dx: 8,
        textAnchor: 'start',
        fill: ink,
        stroke: ground,
        fontWeight: 600,
        className: 'policy',
      }),
    ],
  };
}

function pointWords({ policy, recurrences, mean, low, high }: Placed): string {
  return `${policy} after ${recurrences}: ${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
