/** What the demonstration says: a line for each recurrence, and what came of all. */
import type { FixedChoice } from '../../simulation/references';
import type { Ledger, Slot } from '../../workflows/messages';
import type { DemoJob } from './demoJob';
import { candidateTable } from './decisionTable';
import { change, duration, energy, instant, watts } from './numbers';
import { used } from './slotTable';
import { type Column, type Style, plain, table } from './text';

/** One slot that ended, and how much energy all so far took against the default. */
export interface SlotLine {
  readonly slot: string;
  readonly batchSizes: readonly number[];
  readonly powerLimitWatts: number | null;
  readonly mode: string;
  readonly reason: string;
  readonly seconds: number;
  readonly joules: number;
  readonly energyVsDefault: number;
  /** Of the slot's hour; null where nobody knew. */
  readonly gramsPerKwh: number | null;
  /** The weight that batch size and limit were chosen under. */
  readonly eta: number | null;
  readonly grams: number | null;
}

const widths = [17, 12, 5, 10, 6, 8, 9, 8, 7, 8] as const;
const titles = ['Slot', 'Grid g/kWh', 'η', 'Batch size', 'Limit', 'Mode', 'Time', 'Energy', 'CO₂', 'So far'] as const;

export const slotHeading = `${titles.map((title, at) => title.padStart(at === 0 ? 0 : (widths[at] ?? 0)).padEnd(widths[at] ?? 0)).join('  ')}  Why`;

export function slotLine(line: SlotLine, width: number): string {
  const cells = [
    instant(line.slot),
    intensity(line.gramsPerKwh),
    line.eta === null ? '–' : line.eta.toFixed(2),
    line.batchSizes.join('→'),
    watts(line.powerLimitWatts),
    line.mode,
    duration(line.seconds),
    energy(line.joules),
    line.grams === null ? '–' : `${line.grams.toFixed(2)} g`,
    change(line.energyVsDefault),
  ];
  const text = cells.map((cell, at) => cell.padStart(at === 0 ? 0 : (widths[at] ?? 0))).join('  ');
  return plain(`${text}  ${shortened(line.reason, Math.max(30, width - text.length - 3))}`);
}

const bars = '▁▂▃▄▅▆▇█';
/** About what the dirtiest hour of the recording has. */
const dirtiest = 450;

function intensity(gramsPerKwh: number | null): string {
  if (gramsPerKwh === null) return '–';
  const height = Math.min(bars.length, Math.ceil((gramsPerKwh / dirtiest) * bars.length));
  const drawn = (bars[Math.max(0, height - 1)] ?? '').repeat(3);
  return `${drawn} ${gramsPerKwh.toFixed(0)}`;
}

/** The batch size stands in a column of its own; what follows it is the why. */
function shortened(reason: string, length: number): string {
  const why = reason.replace(/^[^:;.]{0,40}: /, '');
  return why.length <= length ? why : `${why.slice(0, length - 1).replace(/\s+\S*$/, '')}…`;
}

/** Adds up slot by slot. `before`: what the slots that the ledger has forgotten took. */
export function createSums({ untouched }: DemoJob, before: { readonly joules: number; readonly slots: number }) {
  let { joules, slots } = before;
  return (slot: Slot): SlotLine => {
    const seconds = used(slot.attempts, 'seconds') ?? 0;
    const own = used(slot.attempts, 'joules') ?? 0;
    const decision = slot.attempts[0]?.decision;
    const gramsPerKwh = decision?.grid?.signal ?? null;
    joules += own;
    slots += 1;
    return {
      slot: slot.slot,
      batchSizes: slot.attempts.map((attempt) => attempt.decision.batchSize),
      powerLimitWatts: slot.attempts.at(-1)?.observation?.powerLimitWatts ?? null,
      mode: decision?.mode ?? '',
      reason: decision?.reason ?? '',
      seconds,
      joules: own,
      energyVsDefault: joules / (slots * untouched.joules),
      gramsPerKwh,
      eta: decision?.grid?.eta ?? null,
      grams: gramsPerKwh === null ? null : gramsOf(own, gramsPerKwh),
    };
  };
}

export interface DemoReport {
  readonly job: string;
  readonly recurrences: number;
  /** Means over all recurrences. */
  readonly wattbandit: Bill;
  /** Expected of one recurrence. */
  readonly untouched: FixedChoice;
  readonly oracle: FixedChoice;
  readonly settledOn: { readonly batchSize: number; readonly powerLimitWatts: number | null } | null;
  /** Over the slots that the ledger still has; the default's in the same hours. Null where no intensity was known. */
  readonly emissions: { readonly grams: number; readonly untouchedGrams: number } | null;
  readonly totals: Ledger['totals'];
}

interface Bill {
  readonly joules: number;
  readonly seconds: number;
  readonly costJoules: number;
}

export function reportOf(demo: DemoJob, { slots, totals }: Ledger): DemoReport {
  const recurrences = totals.slots.ran + totals.slots.failed;
  const joules = totals.joules / recurrences;
  const seconds = totals.seconds / recurrences;
  const last = slots.at(-1)?.attempts.at(-1);
  const settledOn = last && {
    batchSize: last.decision.incumbent ?? last.decision.batchSize,
    powerLimitWatts: limitOf(slots, last.decision.incumbent ?? last.decision.batchSize),
  };
  const wattbandit = { joules, seconds, costJoules: demo.costJoules(joules, seconds) };
  const { untouched, best: oracle } = demo;
  return {
    job: demo.spec.job,
    recurrences,
    wattbandit,
    untouched,
    oracle,
    settledOn: settledOn ?? null,
    emissions: emissionsOf(demo, slots),
    totals,
  };
}

function emissionsOf(demo: DemoJob, slots: readonly Slot[]): DemoReport['emissions'] {
  const line = createSums(demo, { joules: 0, slots: 0 });
  const known = slots.map(line).filter(({ gramsPerKwh }) => gramsPerKwh !== null);
  if (known.length === 0) return null;
  const untouched = known.map(({ gramsPerKwh }) => gramsOf(demo.untouched.joules, gramsPerKwh ?? 0));
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  return { grams: sum(known.map(({ grams }) => grams ?? 0)), untouchedGrams: sum(untouched) };
}

function gramsOf(joules: number, gramsPerKwh: number): number {
  return (joules / 3.6e6) * gramsPerKwh;
}

/** The one that a batch size ran under last. */
function limitOf(slots: readonly Slot[], batchSize: number): number | null {
  const runs = slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
  return runs.findLast((run) => run.batchSize === batchSize && run.outcome === 'converged')?.powerLimitWatts ?? null;
}

export function reportText(demo: DemoJob, ledger: Ledger, style: Style): string {
  const report = reportOf(demo, ledger);
  const { wattbandit, untouched, oracle, settledOn, emissions, recurrences, totals } = report;
  const rows: readonly (readonly [string, Bill])[] = [
    ['wattbandit', wattbandit],
    [`default (batch size ${untouched.batchSize}, ${watts(untouched.powerLimitWatts)})`, untouched],
    [`oracle (batch size ${oracle.batchSize}, ${watts(oracle.powerLimitWatts)})`, oracle],
  ];
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { title: 'Mean of a recurrence', cell: ([name]) => name },
    { title: 'Energy', align: 'right', cell: ([, bill]) => energy(bill.joules) },
    { title: 'Time', align: 'right', cell: ([, bill]) => duration(bill.seconds) },
    { title: 'Cost', align: 'right', cell: ([, bill]) => energy(bill.costJoules) },
  ];
  const last = ledger.slots.findLast(({ attempts }) => attempts.length > 0)?.attempts[0];
  return [
    '',
    style.bold(`${recurrences} recurrences of ${report.job}`),
    table(columns, rows),
    '',
    `Against the default: ${comparison(wattbandit, untouched)}.`,
    `Against the oracle:  ${comparison(wattbandit, oracle)}, everything that learning cost included.`,
    ...(emissions === null
      ? []
      : [
          `Emissions: ${emissions.grams.toFixed(1)} g CO₂eq where the default would have had ${emissions.untouchedGrams.toFixed(1)} g in the same hours (${change(emissions.grams / emissions.untouchedGrams)}).`,
        ]),
    `Decisions: ${totals.decisions}; observations: ${totals.told} told, ${totals.counted} counted, ${totals.quarantined} quarantined.`,
    ...(settledOn === null
      ? []
      : [`Settled on batch size ${settledOn.batchSize} at ${watts(settledOn.powerLimitWatts)}.`]),
    ...(last === undefined
      ? []
      : ['', `${style.bold('The last decision')}: ${plain(last.decision.reason)}`, candidateTable(last.decision)]),
  ].join('\n');
}

function comparison(ours: Bill, theirs: Bill): string {
  const against = (what: keyof Bill) => change(ours[what] / theirs[what]);
  return `energy ${against('joules')}, time ${against('seconds')}, cost ${against('costJoules')}`;
}
