/** The panels of a carbon timeline, one below the other over the same hours. */
import * as Plot from '@observablehq/plot';
import { instant } from '../cli/numbers';
import { type Panel, shapeMark } from './canvas';
import { accent, ground, ink, quiet, seriesColour, stale } from './colours';
import { type PlacedOrder, expectedMark, orderNames, orderShades } from './carbonMarks';
import { type Domain, type Slot, domainOf, earliest, latest } from './carbonSlots';
import type { Expected } from './expected';
import { axis, baseName, valueName } from './marks';
import type { OrderSpan } from './orderSpans';

export interface Panels {
  readonly slots: readonly Slot[];
  readonly unit: string;
  readonly expected: readonly Expected[];
  readonly orders: readonly PlacedOrder[];
}

export function carbonPanels({ slots, unit, expected, orders }: Panels): readonly Panel[] {
  const domain = domainOf(slots);
  const under = (panel: Panel, held: OrderSpan['holds']) => {
    const own = orders.filter(({ holds }) => holds === held);
    return own.length === 0 ? panel : underOrders(panel, own, domain);
  };
  const panels = [
    signalPanel(slots, unit, expectedMark(expected, domain)),
    under(etaPanel(slots), 'eta'),
    under(limitPanel(slots), 'limit'),
    runPanel(slots),
  ];
  return panels.map((panel, at) => ({ ...panel, x: timeAxis(domain, at === panels.length - 1) }));
}

function underOrders(panel: Panel, orders: readonly PlacedOrder[], domain: Domain): Panel {
  return { ...panel, marks: [orderShades(orders), ...(panel.marks ?? []), ...orderNames(orders, domain)] };
}

/** Named under the last panel only. */
function timeAxis(domain: Domain, isLast: boolean): Plot.ScaleOptions {
  return { ...axis, type: 'utc', domain, ticks: 7, tickFormat: isLast ? timeWords : () => '' };
}

/** A day where it begins, hours in between. */
function timeWords(at: Date): string {
  const [day = '', time = ''] = at.toISOString().split('T');
  return time.startsWith('00:00') ? day.slice(5) : time.slice(0, 5);
}

const hatch = 'forecastHatch';

function signalPanel(slots: readonly Slot[], unit: string, over: Plot.Markish): Panel {
  const known = slots.flatMap((slot) => (slot.perKwh === null ? [] : [{ ...slot, perKwh: slot.perKwh }]));
  type Known = (typeof known)[number];
  const span = { x1: 'from', x2: 'to' } as const;
  const area = { ...span, y1: 0, y2: 'perKwh', shapeRendering: 'crispEdges' } as const;
  const words = ({ fromAt, perKwh, status }: Known) =>
    `${instant(fromAt)}: ${Number(perKwh.toPrecision(4))} ${unit}, ${status}`;
  return {
    height: 170,
    marginTop: 28,
    marginBottom: 8,
    y: { ...axis, ticks: 5, zero: true },
    marks: [
      shapeMark({ name: 'defs', attributes: {}, within: [hatchPattern] }),
      valueName(unit.replace('CO2', 'CO₂')),
      Plot.rectX(
        slots.filter(({ perKwh }) => perKwh === null),
        {
          ...span,
          fill: stale,
          fillOpacity: 0.45,
          title: ({ fromAt }: Slot) => `${instant(fromAt)}: nobody could tell`,
          className: 'stale',
        },
      ),
      Plot.rect(
        known.filter(({ status }) => status === 'observed'),
        { ...area, fill: seriesColour(0), fillOpacity: 0.35, title: words, className: 'observed' },
      ),
      Plot.rect(
        known.filter(({ status }) => status !== 'observed'),
        { ...area, fill: `url(#${hatch})`, title: words, className: 'forecast' },
      ),
      stepMark(known, ({ perKwh }) => perKwh, { stroke: seriesColour(0), strokeWidth: 2, className: 'signal' }),
      over,
    ],
  };
}

const hatchPattern = {
  name: 'pattern',
  attributes: { id: hatch, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
  within: [{ name: 'rect', attributes: { width: 2, height: 6, fill: seriesColour(0) } }],
};

/** Values that hold from one instant to another; not joined from run to run. */
function stepMark<Of extends Slot>(
  slots: readonly Of[],
  value: (slot: Of) => number,
  look: Plot.LineOptions,
): Plot.Markish {
  const corners = slots.flatMap((slot) =>
    [slot.from, slot.to].map((at) => ({ at, run: slot.run, value: value(slot) })),
  );
  return Plot.line(corners, { x: 'at', y: 'value', z: 'run', ...look });
}

function etaPanel(slots: readonly Slot[]): Panel {
  return {
    height: 120,
    marginTop: 28,
    marginBottom: 8,
    y: { ...axis, domain: [0, 1], ticks: 4 },
    marks: [
      valueName('η (1: only energy matters)'),
      stepMark(slots, ({ eta }) => eta, { stroke: seriesColour(1), strokeWidth: 2.5, className: 'eta' }),
    ],
  };
}

function limitPanel(slots: readonly Slot[]): Panel {
  const held = slots.filter(({ powerLimitWatts }) => powerLimitWatts !== undefined);
  return {
    height: 140,
    marginTop: 28,
    marginBottom: 8,
    y: { ...axis, ticks: 4, nice: true },
    marks: [
      valueName('Power (W)'),
      stepMark(slots, ({ drawnWatts }) => drawnWatts, { stroke: quiet, strokeWidth: 1, className: 'drawn' }),
      stepMark(held, ({ powerLimitWatts }) => powerLimitWatts ?? Number.NaN, {
        stroke: accent,
        strokeWidth: 2.5,
        className: 'limit',
      }),
    ],
  };
}

function runPanel(all: readonly Slot[]): Panel {
  const runs = [...new Set(all.map(({ run }) => run))].map((run) => all.filter((slot) => slot.run === run));
  const blocks = runs.map((slots) => ({
    batchSize: String(slots[0]?.batchSize ?? ''),
    from: earliest(slots),
    to: latest(slots),
  }));
  return {
    height: 100,
    marginTop: 28,
    marginBottom: 44,
    y: { ...axis, axis: null },
    marks: [
      valueName('Runs, by batch size'),
      baseName('Time (UTC)'),
      Plot.rectX(blocks, {
        x1: 'from',
        x2: 'to',
        fill: ground,
        stroke: ink,
        insetLeft: 1,
        insetRight: 1,
        title: 'batchSize',
        className: 'run',
      }),
      Plot.textX(blocks, {
        x: ({ from, to }: (typeof blocks)[number]) => new Date((from.getTime() + to.getTime()) / 2),
        text: 'batchSize',
        fill: ink,
        className: 'run',
      }),
    ],
  };
}
