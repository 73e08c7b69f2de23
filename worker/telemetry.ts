/** How Temporal's runtime serves metrics: its own and ours, on one page. */
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import { histogramBuckets } from '../activities/metrics/catalogue';
import type { MetricsConfig } from './config';
import { WattbanditError } from './errors';

/**
 * To be done before the first worker or connection of a process. Nothing is measured without a configuration.
 * @throws WattbanditError `conflict` where the address is taken
 */
export function installRuntime(metrics: MetricsConfig | undefined, options: RuntimeOptions): void {
  try {
    Runtime.install({ ...options, ...telemetryFor(metrics) });
  } catch (error) {
    if (metrics === undefined) throw error;
    const { bind } = metrics.prometheus;
    throw new WattbanditError(
      'conflict',
      `Cannot serve metrics at ${bind}: the address cannot be bound; give this worker one of its own by --metrics or metrics.prometheus.bind.`,
      { cause: error },
    );
  }
}

/** What `Runtime.install` takes for it, for a process that installs its own. */
export function telemetryFor(metrics: MetricsConfig | undefined): Pick<RuntimeOptions, 'telemetryOptions'> {
  if (metrics === undefined) return {};
  const prometheus = {
    bindAddress: metrics.prometheus.bind,
    // The names say `_total` and their units already.
    countersTotalSuffix: false,
    unitSuffix: false,
    useSecondsForDurations: true,
    histogramBucketOverrides: mutable(histogramBuckets),
  };
  return { telemetryOptions: { metrics: { prometheus } } };
}

function mutable(buckets: Readonly<Record<string, readonly number[]>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(buckets).map(([name, bounds]) => [name, [...bounds]]));
}
