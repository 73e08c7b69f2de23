/** Counts what the policy decided and what was told of it. The activities know nothing of it. */
import type { BanditActivities } from '../bandit';
import type { DecideActivities } from '../decide';
import type { Metrics } from './metrics';

type PolicyActivities = DecideActivities & BanditActivities;

export function countedDecisions(activities: PolicyActivities, metrics: Metrics): PolicyActivities {
  const slotEnded = (job: string, outcome: 'ran' | 'failed' | 'skipped', count = 1) =>
    metrics.add('wattbandit_slots_total', { job, outcome }, count);
  // A rise from nothing is none to Prometheus: the first failure of a job would go unseen.
  const beginAtZero = (job: string) => {
    slotEnded(job, 'ran', 0);
    slotEnded(job, 'failed', 0);
    metrics.add('wattbandit_quarantined_total', { job }, 0);
  };
  return {
    ...activities,
    async decide(input) {
      const answer = await activities.decide(input);
      const { job } = input.spec;
      const { mode, objective, grid } = answer.decision;
      metrics.add('wattbandit_decisions_total', { job, mode });
      metrics.set('wattbandit_eta_ratio', { job }, grid?.kind === 'start' ? grid.eta : objective.eta);
      slotEnded(job, 'skipped', answer.skipped.length);
      beginAtZero(job);
      return answer;
    },
    async tell(job, observation) {
      const answer = await activities.tell(job, observation);
      const { outcome } = observation;
      if (answer.counted) metrics.add('wattbandit_observations_total', { job, outcome });
      else metrics.add('wattbandit_quarantined_total', { job });
      if (!answer.retry) slotEnded(job, answer.counted && outcome === 'converged' ? 'ran' : 'failed');
      return answer;
    },
    async giveUp(job, slot) {
      await activities.giveUp(job, slot);
      slotEnded(job, 'failed');
    },
  };
}
