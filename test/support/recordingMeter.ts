/** A meter in memory: what it was told, as `name{label="value"}`. Counters add up, gauges keep the last value, histograms the list. */
import type { MetricMeter, MetricTags } from '@temporalio/common';

export interface RecordingMeter {
  readonly meter: MetricMeter;
  /** Sums of counters, values of gauges. */
  readonly values: Readonly<Record<string, number>>;
  readonly recorded: Readonly<Record<string, readonly number[]>>;
}

export function createRecordingMeter(): RecordingMeter {
  const values: Record<string, number> = {};
  const recorded: Record<string, number[]> = {};
  const told = { unit: '', description: '', valueType: 'float', withTags: never } as const;
  const meter: MetricMeter = {
    createCounter: (name) => ({
      ...told,
      ...{ name, kind: 'counter', valueType: 'int' },
      add(value, tags = {}) {
        const key = keyOf(name, tags);
        values[key] = (values[key] ?? 0) + value;
      },
    }),
    createGauge: (name) => ({
      ...told,
      ...{ name, kind: 'gauge' },
      set(value, tags = {}) {
        values[keyOf(name, tags)] = value;
      },
    }),
    createHistogram: (name) => ({
      ...told,
      ...{ name, kind: 'histogram' },
      record(value, tags = {}) {
        (recorded[keyOf(name, tags)] ??= []).push(value);
      },
    }),
    createUpDownCounter: never,
    withTags: never,
  };
  return { meter, values, recorded };
}

function never(): never {
  throw new Error('not used');
}

function keyOf(name: string, tags: MetricTags): string {
  const labels = Object.entries(tags).map(([label, value]) => `${label}="${value}"`);
  return labels.length === 0 ? name : `${name}{${labels.toSorted().join(',')}}`;
}
