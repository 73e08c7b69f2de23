/** Measures what runs on this host cost: energy and time. */
import type { TrainActivities } from '../training/train';
import type { Metrics } from './metrics';

export function meteredRuns(activities: TrainActivities, metrics: Metrics): TrainActivities {
  return {
    async train(input) {
      const observation = await activities.train(input);
      const { job } = input.spec;
      metrics.add('wattbandit_energy_joules_total', { job }, Math.round(observation.joules));
      metrics.record('wattbandit_train_seconds', { job }, observation.seconds);
      return observation;
    },
  };
}
