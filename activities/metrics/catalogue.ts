/**
 * Every metric of ours: its name with the base unit, its labels, what it tells. Labels are few-valued by construction: jobs, GPUs and
 * closed lists, never a slot, a run or a person.
 */

export interface MetricDescription {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly unit: string;
  readonly labels: readonly string[];
  readonly tells: string;
}

export const metricCatalogue = {
  wattbandit_decisions_total: {
    kind: 'counter',
    unit: '',
    labels: ['job', 'mode'],
    tells: 'Decisions of the policy: `first`, `explore`, `exploit`, `pinned`, `retry`.',
  },
  wattbandit_observations_total: {
    kind: 'counter',
    unit: '',
    labels: ['job', 'outcome'],
    tells: 'Runs that were told and counted, by how they ended.',
  },
  wattbandit_quarantined_total: {
    kind: 'counter',
    unit: '',
    labels: ['job'],
    tells: 'Runs that were told and set aside, because what they say cannot be or nobody decided them.',
  },
  wattbandit_slots_total: {
    kind: 'counter',
    unit: '',
    labels: ['job', 'outcome'],
    tells: 'Slots by how they ended: `ran`, `failed` after the last attempt or before the first, `skipped`.',
  },
  wattbandit_energy_joules_total: {
    kind: 'counter',
    unit: 'joules',
    labels: ['job'],
    tells:
      'What the GPUs drew in the runs that ended on this host, whether or not they converged; over all hosts of a run.',
  },
  wattbandit_train_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: ['job'],
    tells: 'How long runs trained, by their trainer’s clock: simulated seconds where training is simulated.',
  },
  wattbandit_eta_ratio: {
    kind: 'gauge',
    unit: 'ratio',
    labels: ['job'],
    tells: 'The η of the latest decision or weighing here: 0 only time matters, 1 only energy.',
  },
  wattbandit_carbon_intensity_grams_per_kwh: {
    kind: 'gauge',
    unit: 'grams_per_kwh',
    labels: ['provider', 'zone', 'kind'],
    tells: 'Carbon intensity of the latest look at the host’s grid; none where its signal is a price.',
  },
  wattbandit_carbon_age_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    labels: ['provider', 'zone', 'kind'],
    tells:
      'At the latest look: since the value’s slot ended, 0 while it lasts; since the first look where no value ever came.',
  },
  wattbandit_power_limit_watts: {
    kind: 'gauge',
    unit: 'watts',
    labels: ['gpu', 'which'],
    tells:
      'Limits of the GPUs that runs hold or held last: `prior` from before the run, `requested` by it, `enforced` by the driver. After a run, `requested` is the prior one.',
  },
  wattbandit_leases_open: {
    kind: 'gauge',
    unit: '',
    labels: [],
    tells: 'GPUs that runs of this worker hold now.',
  },
  wattbandit_lease_restores_total: {
    kind: 'counter',
    unit: '',
    labels: ['outcome'],
    tells:
      'Limits that were to be put back: `restored`, `already` as before, `rebooted` meanwhile, `foreign` (somebody else moved it), `kept` for another try, `bad` (unreadable journal).',
  },
  wattbandit_lease_restore_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    labels: [],
    tells: 'From the end of the work to the limits put back and the GPUs given back.',
  },
  wattbandit_overrides_total: {
    kind: 'counter',
    unit: '',
    labels: ['kind', 'outcome'],
    tells:
      'Orders of operators by kind: `applied`, `known` already, `refused`; of one that makes no sense the kind is `malformed`. Temporal adds namespace, taskQueue and workflowType.',
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;

type Catalogue = typeof metricCatalogue;

/** Names of the metrics of one kind. */
export type MetricName<Kind extends MetricDescription['kind']> = {
  [Name in keyof Catalogue]: Catalogue[Name]['kind'] extends Kind ? Name : never;
}[keyof Catalogue];

/** Exactly the labels that a metric has. */
export type MetricLabels<Name extends keyof Catalogue> = Readonly<Record<Catalogue[Name]['labels'][number], string>>;

/** Bounds of the histograms’ buckets: minutes to days of training, milliseconds to the lease’s 30 s of restoring. */
export const histogramBuckets = {
  wattbandit_train_seconds: [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400],
  wattbandit_lease_restore_seconds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
} as const satisfies Readonly<Record<MetricName<'histogram'>, readonly number[]>>;
