/** What a bandit alone knows and reports: Temporal leaves it out of replays, so nothing is counted twice. */
import { metricMeter } from '@temporalio/workflow';
import type { MetricLabels, MetricName } from '../activities/metrics/catalogue';

const name = 'wattbandit_overrides_total' satisfies MetricName<'counter'>;

const tells = 'Orders of operators: applied, known already, refused.';

export function countOverride(kind: string, outcome: 'applied' | 'known' | 'refused'): void {
  const labels: MetricLabels<typeof name> = { kind, outcome };
  metricMeter.createCounter(name, undefined, tells).add(1, labels);
}
