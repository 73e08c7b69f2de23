/** The rules of `policy/` on a recorded grid: what each of them knows in an hour, and the limit that it takes. */
import { etaForDeadline, type SlotAhead } from '../policy/deadline';
import { beginForecaster, forecast, type Forecaster, observe, type SignalReading } from '../policy/forecast';
import { etaInSlot, type GridPolicy, limitAt, ratioOf, type Weighing } from '../policy/gridWeight';
import { beginReference, budgetReferenceOf, observeReference } from '../policy/signalReference';
import type { CarbonSeries } from './carbonSeries';
import { type Chooser, type Ground, gramsAt, top, workHours } from './carbonRun';

/** What was known in each hour of a zone, that hour's reading included. */
export type Forecasters = readonly Forecaster[];

export function forecastersOf(series: CarbonSeries): Forecasters {
  let state = beginForecaster();
  return readingsOf(series).map((reading) => (state = observe(state, reading)));
}

/** What a budget compares each hour with. */
export function budgetReferences(series: CarbonSeries): readonly number[] {
  let state = beginReference();
  return readingsOf(series).map((reading) => {
    state = observeReference(state, reading);
    return budgetReferenceOf(state) ?? reading.value;
  });
}

function readingsOf({ beginsAt, gramsPerKwh }: CarbonSeries): readonly SignalReading[] {
  const instant = (hour: number) => new Date(Date.parse(beginsAt) + hour * 3_600_000).toISOString();
  return gramsPerKwh.map((value, hour) => ({ validFromAt: instant(hour), validToAt: instant(hour + 1), value }));
}

export interface Played {
  readonly ground: Ground;
  readonly forecasters: Forecasters;
  readonly policy: GridPolicy;
  /** What `wattbandit` compares with, by hour: one price throughout has one reference. Chase has its own for each run. */
  readonly referenceAt: (hour: number) => number;
}

/** How one run chooses under the policy with this η at the reference. */
export function chooserOf(played: Played, start: number, eta: number): Chooser {
  const run = weighingOf(played.ground, eta);
  const etaAt = hourlyEta(played, start, eta);
  return (hour, workLeft) => limitAt(run, etaAt(hour, workLeft));
}

/** The η of each hour of such a run. The hour's intensity counts as known. */
export function hourlyEta(played: Played, start: number, eta: number): (hour: number, workLeft: number) => number {
  const { ground, forecasters, policy } = played;
  const run = weighingOf(ground, eta);
  const highest = highestOfDayBefore(ground, start);
  return (hour, workLeft) => {
    const known = forecasters[hour];
    const atEnd = known === undefined ? null : forecast(known, Math.max(workLeft, 0));
    const reference = policy === 'chase' ? highest : played.referenceAt(hour);
    return etaInSlot(run, policy, { now: gramsAt(ground, hour), atEnd, reference });
  };
}

export function weighingOf({ curve }: Ground, eta: number): Weighing {
  return { profile: curve.profile, eta, maxPowerWatts: top(curve).powerLimitWatts };
}

/** MaxCI, equation 6 of Chase. */
function highestOfDayBefore({ gramsPerKwh }: Ground, start: number): number {
  return Math.max(...gramsPerKwh.slice(Math.max(0, start - 24), Math.max(start, 1)));
}

/** The bound that no run exceeds, on our own forecast. */
export function deadlineChooser({ ground, forecasters, referenceAt }: Played, slowdown: number): Chooser {
  const run = weighingOf(ground, 1);
  return (hour, workLeft, elapsed) => {
    const left = workHours * (1 + slowdown) - elapsed;
    const known = forecasters[hour];
    const reference = referenceAt(hour);
    const slots: SlotAhead[] = [];
    for (let ahead = 0; ahead < left; ahead++) {
      const expected =
        ahead === 0 || known === undefined ? gramsAt(ground, hour) : (forecast(known, ahead) ?? reference);
      slots.push({ seconds: 3600 * Math.min(1, left - ahead), signal: ratioOf(expected, reference) });
    }
    return limitAt(run, etaForDeadline(run, 3600 * workLeft, slots));
  };
}
