/** What was expected of the grid's signal when a run was decided, as far as the run went. */
import type { GridView } from '../../activities/carbon/gridWatch';
import type { SignalReading } from '../../policy/forecast';
import { signalAhead } from '../../policy/signals';

export interface Expected {
  /** The provider's forecast, else that of the host from the hours that it had seen. */
  readonly by: 'provider' | 'host';
  readonly slots: readonly SignalReading[];
}

/** More would be finer than a picture. */
const mostSlots = 200;

/** Empty where nobody could tell. `staleAfterSeconds`: as in a job's `carbon.staleAfter`. */
export function expectedUntil(view: GridView, untilAt: string, staleAfterSeconds: number): Expected {
  const [from, until] = [Date.parse(view.at), Date.parse(untilAt)];
  const provided = view.forecast.filter(
    ({ validFromAt, validToAt }) => Date.parse(validToAt) > from && Date.parse(validFromAt) < until,
  );
  if (provided.length > 0) return { by: 'provider', slots: provided };
  const { slotSeconds } = view;
  const signals = { ...view, forecast: [], forecaster: view.digest.forecaster, staleAfterSeconds };
  const stepSeconds = Math.max(slotSeconds, (until - from) / 1000 / mostSlots);
  const slots: SignalReading[] = [];
  for (let seconds = 0; from + seconds * 1000 < until; seconds += stepSeconds) {
    const ahead = signalAhead(signals, seconds);
    if (ahead === null) continue;
    const instantAfter = (after: number) => new Date(from + after * 1000).toISOString();
    slots.push({
      validFromAt: instantAfter(seconds),
      validToAt: instantAfter(seconds + stepSeconds),
      value: ahead.value,
    });
  }
  return { by: 'host', slots };
}
