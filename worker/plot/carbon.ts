/** What a job's grid told, and what its runs made of it: intensity, η, power limit and runs over time. */
import * as Plot from '@observablehq/plot';
import type { GridInterval, GridRecord } from '../../policy/facts';
import { instant, watts } from '../cli/numbers';
import { type Panel, draw, shapeMark } from './canvas';
import { accent, ground, ink, quiet, seriesColour, stale } from './colours';
import { axis, baseName, valueName } from './marks';
import type { Picture } from './picture';

export interface GridRun {
  readonly batchSize: number;
  readonly intervals: readonly GridInterval[];
}

export interface CarbonTimeline extends Pick<GridRecord, 'provider' | 'zone' | 'kind' | 'unit'> {
  readonly title: string;
  /** By time; not empty, and each has an interval. */
  readonly runs: readonly GridRun[];
  readonly notes: readonly string[];
}

/** An interval with its times as Plot wants them. */
interface Slot extends GridInterval {
  /** In the order of runs. */
  readonly run: number;
  readonly batchSize: number;
  readonly from: Date;
  readonly to: Date;
  /** Mean power meanwhile. */
  readonly drawnWatts: number;
}

const legend = [
  'Signal: filled where observed, hatched where estimated or forecast, grey over its whole height where nobody could tell.',
  'Thick: the power limit that was held; thin: what the GPUs drew.',
];

export function carbonPicture({ title, runs, notes, ...grid }: CarbonTimeline): Picture {
  const slots = runs.flatMap(({ batchSize, intervals }, run) =>
    intervals.map((interval) => slotOf(interval, { batchSize, run })),
  );
  const domain = [earliest(slots.map(({ from }) => from)), latest(slots.map(({ to }) => to))] as const;
  const description = describe(slots, runs.length, grid);
  const panels = [signalPanel(slots, grid.unit), etaPanel(slots), limitPanel(slots), runPanel(slots)];
  return {
    ...{ title, description, notes },
    svg: draw({
      title,
      description,
      legend,
      panels: panels.map((panel, at) => ({ ...panel, x: timeAxis(domain, at === panels.length - 1) })),
    }),
    table: {
      columns: ['From', 'To', 'Batch size', `Signal (${grid.unit})`, 'Status', 'η', 'Power limit', 'Drawn'],
      rows: slots.map((slot) => [
        instant(slot.fromAt),
        instant(slot.toAt),
        String(slot.batchSize),
        slot.perKwh === null ? '–' : String(Number(slot.perKwh.toPrecision(4))),
        slot.status,
        slot.eta.toFixed(3),
        watts(slot.powerLimitWatts),
        `${slot.drawnWatts.toFixed(0)} W`,
      ]),
    },
  };
}

function slotOf(interval: GridInterval, of: Pick<Slot, 'batchSize' | 'run'>): Slot {
  const [from, to] = [new Date(interval.fromAt), new Date(interval.toAt)];
  return { ...interval, ...of, from, to, drawnWatts: interval.joules / interval.seconds };
}

/** Named under the last panel only. */
function timeAxis(domain: readonly [Date, Date], isLast: boolean): Plot.ScaleOptions {
  return { ...axis, type: 'utc', domain, ticks: 7, tickFormat: isLast ? timeWords : () => '' };
}

/** A day where it begins, hours in between. */
function timeWords(at: Date): string {
  const [day = '', time = ''] = at.toISOString().split('T');
  return time.startsWith('00:00') ? day.slice(5) : time.slice(0, 5);
}

const hatch = 'forecastHatch';

function signalPanel(slots: readonly Slot[], unit: string): Panel {
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
    from: earliest(slots.map(({ from }) => from)),
    to: latest(slots.map(({ to }) => to)),
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

function earliest(dates: readonly Date[]): Date {
  return new Date(Math.min(...dates.map((date) => date.getTime())));
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())));
}

function describe(
  slots: readonly Slot[],
  runs: number,
  { kind, zone, provider, unit }: Omit<CarbonTimeline, 'title' | 'runs' | 'notes'>,
): string {
  const known = slots.flatMap(({ perKwh }) => perKwh ?? []);
  const range =
    known.length === 0
      ? 'no known value'
      : `${Math.min(...known).toFixed(1)} to ${Math.max(...known).toFixed(1)} ${unit}`;
  const etas = slots.map(({ eta }) => eta);
  return `${runs} runs under the ${kind} signal of ${zone} by ${provider}: ${range}; η between ${Math.min(...etas).toFixed(2)} and ${Math.max(...etas).toFixed(2)}.`;
}
