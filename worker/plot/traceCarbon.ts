/** Runs on a recorded grid and a recorded GPU, for pictures: played as `simulate carbon` plays them. */
import type { GridInterval } from '../../policy/facts';
import { type Forecaster, forecast } from '../../policy/forecast';
import type { CarbonCurve } from '../../simulation/carbonCurves';
import { chooserOf, forecastersOf, hourlyEta } from '../../simulation/carbonPolicies';
import { type Chooser, gramsAt, playRun, workHours } from '../../simulation/carbonRun';
import type { CarbonSeries } from '../../simulation/carbonSeries';
import { mean } from '../../simulation/statistics';
import { WattbanditError } from '../errors';
import type { CarbonTimeline, GridRun } from './carbon';
import type { Expected } from './expected';

export interface CarbonScene {
  readonly series: CarbonSeries;
  readonly curve: CarbonCurve;
  /** At the mean of the recording. */
  readonly eta: number;
  readonly fromAt: string;
}

/** Of a day's work at full speed each, one after the other. */
const runCount = 3;
const hourMilliseconds = 3_600_000;

/** @throws WattbanditError `invalid` for a time that the recording does not cover */
export function traceCarbon({ series, curve, eta, fromAt }: CarbonScene): CarbonTimeline {
  const ground = { curve, gramsPerKwh: series.gramsPerKwh };
  const reference = mean(series.gramsPerKwh);
  const played = {
    ground,
    forecasters: forecastersOf(series),
    policy: 'wattbandit',
    referenceAt: () => reference,
  } as const;
  let start = Math.floor((Date.parse(fromAt) - Date.parse(series.beginsAt)) / hourMilliseconds);
  refuseOutside(series, start, fromAt);
  const runs: GridRun[] = [];
  while (runs.length < runCount) {
    const began = start;
    const [choose, etaAt] = [chooserOf(played, began, eta), hourlyEta(played, began, eta)];
    const hours: Hour[] = [];
    const watched: Chooser = (hour, workLeft, elapsed) => {
      const at = choose(hour, workLeft, elapsed);
      hours.push({
        hour,
        eta: etaAt(hour, workLeft),
        powerLimitWatts: at.powerLimitWatts,
        averageWatts: at.averageWatts,
        perKwh: gramsAt(ground, hour),
      });
      return at;
    };
    const end = began + playRun(ground, began, watched).hours;
    runs.push({
      batchSize: curve.profile[0]?.batchSize ?? 0,
      intervals: hours.map((one) => intervalOf(one, end, series)),
      expected: expectedBy(played.forecasters[began], hours, series),
    });
    start = Math.ceil(end);
  }
  return {
    title: `${curve.name} under the grid of ${series.zone}`,
    ...{ provider: 'CarbonCast', zone: series.zone, kind: 'average', unit: 'gCO2eq/kWh', runs, orders: [] },
    notes: [
      `Runs of ${workHours} hours’ work at the highest limit, played on recorded intensities and a recorded power curve; η is ${eta} at the recording’s mean of ${reference.toFixed(0)} g/kWh.`,
    ],
  };
}

interface Hour extends Pick<GridInterval, 'eta' | 'perKwh'> {
  readonly hour: number;
  readonly powerLimitWatts: number;
  readonly averageWatts: number;
}

/** As the forecaster saw it when it knew the first of the hours. */
function expectedBy(forecaster: Forecaster | undefined, hours: readonly Hour[], series: CarbonSeries): Expected {
  const [began = 0] = hours.map(({ hour }) => hour);
  const slots = hours.flatMap(({ hour }) => {
    const value = forecaster === undefined ? null : forecast(forecaster, hour - began);
    return value === null
      ? []
      : [{ validFromAt: instantIn(series, hour), validToAt: instantIn(series, hour + 1), value }];
  });
  return { by: 'host', slots };
}

function instantIn({ beginsAt }: CarbonSeries, hours: number): string {
  return new Date(Date.parse(beginsAt) + hours * hourMilliseconds).toISOString();
}

/** An hour, or what the run takes of its last one. */
function intervalOf({ hour, averageWatts, ...terms }: Hour, end: number, series: CarbonSeries): GridInterval {
  const until = Math.min(hour + 1, end);
  const seconds = 3600 * (until - hour);
  return {
    ...terms,
    fromAt: instantIn(series, hour),
    toAt: instantIn(series, until),
    seconds,
    joules: seconds * averageWatts,
    status: 'observed',
  };
}

/** Slow runs take longer than a day; a day more is room enough. */
function refuseOutside({ zone, beginsAt, gramsPerKwh }: CarbonSeries, start: number, fromAt: string): void {
  const last = gramsPerKwh.length - (runCount + 1) * 2 * workHours;
  if (start >= 0 && start <= last) return;
  const until = new Date(Date.parse(beginsAt) + last * hourMilliseconds).toISOString();
  throw new WattbanditError(
    'invalid',
    `Cannot play runs in ${zone} from ${fromAt}: its recording has room for them from ${beginsAt} to ${until}.`,
  );
}
