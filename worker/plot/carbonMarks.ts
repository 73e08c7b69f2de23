/** What lies over the panels of a carbon timeline: forecasts, and the spans in which an operator's orders held. */
import * as Plot from '@observablehq/plot';
import { instant } from '../cli/numbers';
import { sideMargins, width } from './canvas';
import type { Domain } from './carbonSlots';
import { ground, ink, seriesColour } from './colours';
import type { Expected } from './expected';
import type { OrderSpan } from './orderSpans';

/** A dashed step for each run. */
export function expectedMark(expected: readonly Expected[], [begin, end]: Domain): Plot.Markish {
  const corners = expected.flatMap(({ slots }, run) =>
    slots.flatMap(({ validFromAt, validToAt, value }) =>
      [validFromAt, validToAt].map((iso) => ({ at: clamped(iso, begin, end), run, value })),
    ),
  );
  const look = { stroke: ink, strokeWidth: 1.5, strokeDasharray: '5 3', className: 'expected' };
  return Plot.line(corners, { x: 'at', y: 'value', z: 'run', ...look });
}

/** An order within the picture; its number leads to the note with all of it. */
export interface PlacedOrder extends OrderSpan {
  readonly number: number;
  readonly from: Date;
  readonly to: Date;
}

/** Without those that held at another time. */
export function placedOrders(orders: readonly OrderSpan[], [begin, end]: Domain): readonly PlacedOrder[] {
  const within = orders.filter(
    ({ fromAt, toAt }) => Date.parse(fromAt) < end.getTime() && (toAt === null || Date.parse(toAt) > begin.getTime()),
  );
  return within.map((order, at) => ({
    ...order,
    number: at + 1,
    from: clamped(order.fromAt, begin, end),
    to: order.toAt === null ? end : clamped(order.toAt, begin, end),
  }));
}

export const orderNote = ({ number, holds, text, fromAt, toAt }: PlacedOrder): string => {
  const until = toAt === null ? 'and still held when this was drawn' : `to ${instant(toAt)}`;
  return `Order #${number} held ${holds === 'eta' ? 'η' : 'the power limit'}: ${text}, from ${instant(fromAt)} ${until}.`;
};

/** Over the whole height, behind the values that they held. */
export function orderShades(orders: readonly PlacedOrder[]): Plot.Markish {
  const shade = { fill: seriesColour(2), fillOpacity: 0.18, stroke: seriesColour(2), strokeDasharray: '2 2' };
  return Plot.rectX(orders, { x1: 'from', x2: 'to', ...shade, title: orderNote, className: 'order' });
}

/** The number of each, with its words where there is room for them, over all else. */
export function orderNames(orders: readonly PlacedOrder[], domain: Domain): readonly Plot.Markish[] {
  return lanesOf(orders, domain).map(labelMark);
}

const laneHeight = 13;
const mostLanes = 4;
/** Of a label's letters, which have 10 pixels in height. */
const letterWidth = 6;

interface Label {
  readonly from: Date;
  readonly text: string;
}

function labelMark(labels: readonly Label[], lane: number): Plot.Markish {
  const place = { frameAnchor: 'top', textAnchor: 'start', dx: 4, dy: 9 + lane * laneHeight } as const;
  const look = { fill: ink, stroke: ground, strokeWidth: 3, className: 'orderName' };
  return Plot.text([...labels], { x: 'from', text: 'text', ...place, ...look });
}

/** Labels one below the other where they would run into each other; what finds no lane is in the notes only. */
function lanesOf(orders: readonly PlacedOrder[], [begin, end]: Domain): readonly (readonly Label[])[] {
  const pixels = width - sideMargins.marginLeft - sideMargins.marginRight;
  const pixelOf = (at: Date) => ((at.getTime() - begin.getTime()) / (end.getTime() - begin.getTime())) * pixels;
  const lanes = Array.from({ length: mostLanes }, () => ({ endsAt: -Infinity, labels: new Array<Label>() }));
  for (const { number, text, from } of orders) {
    const [short = ''] = text.split(':');
    const words = `#${number} ${short}`;
    const room = pixels - pixelOf(from);
    const label = words.length * letterWidth <= room ? words : `#${number}`;
    const lane = lanes.find(({ endsAt }) => endsAt <= pixelOf(from));
    if (lane === undefined) continue;
    lane.labels.push({ from, text: label });
    lane.endsAt = pixelOf(from) + (label.length + 2) * letterWidth;
  }
  return lanes.map(({ labels }) => labels).filter((labels) => labels.length > 0);
}

function clamped(iso: string, begin: Date, end: Date): Date {
  return new Date(Math.min(end.getTime(), Math.max(begin.getTime(), Date.parse(iso))));
}
