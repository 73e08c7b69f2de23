/** Reports what is known of the host's grid and how it weighs the runs that follow it. */
import type { GridView, GridWatch } from '../carbon/gridWatch';
import type { SteerActivities } from '../carbon/steer';
import { jobOfRun } from '../../workflows/messages';
import type { Metrics } from './metrics';

export function reportedWatch(watch: GridWatch, metrics: Metrics): GridWatch {
  let firstLookMs: number | undefined;
  return {
    ...watch,
    async view(at) {
      const view = await watch.view(at);
      const lookMs = Date.parse(view.at);
      firstLookMs ??= lookMs;
      report(view, lookMs - (view.reading === null ? firstLookMs : Date.parse(view.reading.validToAt)));
      return view;
    },
  };

  function report({ provider, zone, kind, reading }: GridView, ageMs: number): void {
    const labels = { provider, zone, kind };
    metrics.set('wattbandit_carbon_age_seconds', labels, Math.max(0, ageMs / 1000));
    if (kind === 'price' || reading === null) return;
    metrics.set('wattbandit_carbon_intensity_grams_per_kwh', labels, reading.value);
  }
}

export function reportedSteering(activities: SteerActivities, metrics: Metrics): SteerActivities {
  return {
    ...activities,
    async weighRun(request) {
      const answer = await activities.weighRun(request);
      const job = jobOfRun(request.run);
      if (answer.kind === 'weighed' && job !== undefined) metrics.set('wattbandit_eta_ratio', { job }, answer.eta);
      return answer;
    },
  };
}
