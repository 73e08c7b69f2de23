/** What a job's grid told, and what its runs made of it: intensity, η, power limit and runs over time. */
import type { GridInterval, GridRecord } from '../../policy/facts';
import { instant, watts } from '../cli/numbers';
import { draw } from './canvas';
import { type Slot, carbonPanels } from './carbonPanels';
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

const legend = [
  'Signal: filled where observed, hatched where estimated or forecast, grey over its whole height where nobody could tell.',
  'Thick: the power limit that was held; thin: what the GPUs drew.',
];

export function carbonPicture({ title, runs, notes, ...grid }: CarbonTimeline): Picture {
  const slots = runs.flatMap(({ batchSize, intervals }, run) =>
    intervals.map((interval) => slotOf(interval, { batchSize, run })),
  );
  const description = describe(slots, runs.length, grid);
  return {
    ...{ title, description, notes },
    svg: draw({ title, description, legend, panels: carbonPanels(slots, grid.unit) }),
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
