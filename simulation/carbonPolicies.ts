/** The rules of `policy/` on a recorded grid: what each of them knows in an hour, and the limit that it takes. */
import { etaForDeadline, type SlotAhead } from '../policy/deadline';
import { beginForecaster, forecast, type Forecaster, observe } from '../policy/forecast';
import { etaInSlot, type GridPolicy, limitAt, ratioOf, type Weighing } from '../policy/gridWeight';
import type { CarbonSeries } from './carbonSeries';
import { type Chooser, type Ground, gramsAt, top, workHours } from './carbonRun';

/** What was known at the end of each hour of a zone. */
export type Forecasters = readonly Forecaster[];

export function forecastersOf({ beginsAt, gramsPerKwh }: CarbonSeries): Forecasters {
  const begins = Date.parse(beginsAt);
  let state = beginForecaster();
  return gramsPerKwh.map((value, hour) => {
    const [validFromAt, validToAt] = [hour, hour + 1].map((at) => new Date(begins + at * 3_600_000).toISOString());
    state = observe(state, { validFromAt: validFromAt ?? beginsAt, validToAt: validToAt ?? beginsAt, value });
    return state;
  });
}

export interface Played {
  readonly ground: Ground;
  readonly forecasters: Forecasters;
  readonly policy: GridPolicy;
  /** Of `wattbandit`, which stands still while a price is held; Chase has its own for each run. */
  readonly reference: number;
}

/** How one run chooses under the policy with this η at the reference. The hour's intensity counts as known. */
export function chooserOf({ ground, forecasters, policy, reference }: Played, start: number, eta: number): Chooser {
  const run = weighingOf(ground, eta);
  const compared = policy === 'chase' ? highestOfDayBefore(ground, start) : reference;
  return (hour, workLeft) => {
    const known = forecasters[hour];
    const atEnd = known === undefined ? null : forecast(known, Math.max(workLeft, 0));
    return limitAt(run, etaInSlot(run, policy, { now: gramsAt(ground, hour), atEnd, reference: compared }));
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
export function deadlineChooser({ ground, forecasters, reference }: Played, slowdown: number): Chooser {
  const run = weighingOf(ground, 1);
  return (hour, workLeft, elapsed) => {
    const left = workHours * (1 + slowdown) - elapsed;
    const known = forecasters[hour];
    const slots: SlotAhead[] = [];
    for (let ahead = 0; ahead < left; ahead++) {
      const expected =
        ahead === 0 || known === undefined ? gramsAt(ground, hour) : (forecast(known, ahead) ?? reference);
      slots.push({ seconds: 3600 * Math.min(1, left - ahead), signal: ratioOf(expected, reference) });
    }
    return limitAt(run, etaForDeadline(run, 3600 * workLeft, slots));
  };
}
