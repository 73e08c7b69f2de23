/** What a job's grid told, and what its runs made of it: intensity, η, power limit and runs over time. */
import type { GridInterval, GridRecord } from '../../policy/facts';
import { instant, watts } from '../cli/numbers';
import { draw } from './canvas';
import { type PlacedOrder, orderNote, placedOrders } from './carbonMarks';
import { carbonPanels } from './carbonPanels';
import { type Slot, domainOf, slotOf } from './carbonSlots';
import type { Expected } from './expected';
import type { OrderSpan } from './orderSpans';
import type { Picture, Table } from './picture';

export interface GridRun {
  readonly batchSize: number;
  readonly intervals: readonly GridInterval[];
  readonly expected?: Expected | undefined;
}

export interface CarbonTimeline extends Pick<GridRecord, 'provider' | 'zone' | 'kind' | 'unit'> {
  readonly title: string;
  /** By time; not empty, and each has an interval. */
  readonly runs: readonly GridRun[];
  readonly orders: readonly OrderSpan[];
  readonly notes: readonly string[];
}

const legend = [
  'Signal: filled where observed, hatched where estimated or forecast, grey over its whole height where nobody could tell.',
  'Thick: the power limit that was held; thin: what the GPUs drew.',
];
const expectedLegend = 'Dashed: what was expected of the signal when the run was decided.';
const ordersLegend = 'Shaded, with a number: an operator’s order held η or the limit.';

export function carbonPicture({ title, runs, orders: all, notes, ...grid }: CarbonTimeline): Picture {
  const slots = runs.flatMap(({ batchSize, intervals }, run) =>
    intervals.map((interval) => slotOf(interval, { batchSize, run })),
  );
  const expected = runs.flatMap((run) => run.expected ?? []).filter((one) => one.slots.length > 0);
  const orders = placedOrders(all, domainOf(slots));
  const over = [
    ...(expected.length === 0 ? [] : [expectedLegend]),
    ...(orders.length === 0 ? [] : [ordersLegend]),
  ].join(' ');
  const description = describe(slots, runs.length, grid);
  return {
    ...{ title, description },
    notes: [...notes, ...expectedNotes(expected), ...orders.map(orderNote)],
    svg: draw({
      ...{ title, description },
      legend: over === '' ? legend : [...legend, over],
      panels: carbonPanels({ slots, unit: grid.unit, expected, orders }),
    }),
    table: tableOf(slots, grid.unit, [
      ...(expected.length === 0 ? [] : [{ title: 'Expected', cell: expectedCell(runs) }]),
      ...(orders.length === 0 ? [] : [{ title: 'Orders', cell: ordersCell(orders) }]),
    ]),
  };
}

interface Column {
  readonly title: string;
  readonly cell: (slot: Slot) => string;
}

function tableOf(slots: readonly Slot[], unit: string, more: readonly Column[]): Table {
  const columns: readonly Column[] = [
    { title: 'From', cell: ({ fromAt }) => instant(fromAt) },
    { title: 'To', cell: ({ toAt }) => instant(toAt) },
    { title: 'Batch size', cell: ({ batchSize }) => String(batchSize) },
    { title: `Signal (${unit})`, cell: ({ perKwh }) => signal(perKwh) },
    { title: 'Status', cell: ({ status }) => status },
    { title: 'η', cell: ({ eta }) => eta.toFixed(3) },
    { title: 'Power limit', cell: ({ powerLimitWatts }) => watts(powerLimitWatts) },
    { title: 'Drawn', cell: ({ drawnWatts }) => `${drawnWatts.toFixed(0)} W` },
    ...more,
  ];
  return {
    columns: columns.map(({ title }) => title),
    rows: slots.map((slot) => columns.map(({ cell }) => cell(slot))),
  };
}

const signal = (perKwh: number | null | undefined) =>
  perKwh === null || perKwh === undefined ? '–' : String(Number(perKwh.toPrecision(4)));

/** For the middle of the interval. */
function expectedCell(runs: readonly GridRun[]): Column['cell'] {
  return ({ run, from, to }) => {
    const middle = (from.getTime() + to.getTime()) / 2;
    const slot = runs[run]?.expected?.slots.find(
      ({ validFromAt, validToAt }) => Date.parse(validFromAt) <= middle && middle < Date.parse(validToAt),
    );
    return signal(slot?.value);
  };
}

function ordersCell(orders: readonly PlacedOrder[]): Column['cell'] {
  return (slot) => {
    const held = orders.filter(({ from, to }) => from < slot.to && to > slot.from);
    return held.length === 0 ? '–' : held.map(({ number }) => `#${number}`).join(' ');
  };
}

function expectedNotes(expected: readonly Expected[]): readonly string[] {
  if (expected.length === 0) return [];
  const provided = expected.filter(({ by }) => by === 'provider').length;
  return [
    `Expected: what the host knew of the hours to come when it asked for the decision, as far as the run went; of ${provided} runs the provider’s forecast, of ${expected.length - provided} its own from the hours it had seen.`,
  ];
}

function describe(
  slots: readonly Slot[],
  runs: number,
  { kind, zone, provider, unit }: Omit<CarbonTimeline, 'title' | 'runs' | 'orders' | 'notes'>,
): string {
  const known = slots.flatMap(({ perKwh }) => perKwh ?? []);
  const range =
    known.length === 0
      ? 'no known value'
      : `${Math.min(...known).toFixed(1)} to ${Math.max(...known).toFixed(1)} ${unit}`;
  const etas = slots.map(({ eta }) => eta);
  return `${runs} runs under the ${kind} signal of ${zone} by ${provider}: ${range}; η between ${Math.min(...etas).toFixed(2)} and ${Math.max(...etas).toFixed(2)}.`;
}
