/** Where measurements go: nowhere, until a worker whose runtime reports them has begun. */
import { type MetricMeter, noopMetricMeter } from '@temporalio/common';
import { type MetricLabels, type MetricName, metricCatalogue } from './catalogue';

export class Metrics {
  #meter: MetricMeter = noopMetricMeter;
  #counterOf = remembered(this.#counter.bind(this));
  #gaugeOf = remembered(this.#gauge.bind(this));
  #histogramOf = remembered(this.#histogram.bind(this));

  /** From now on. To that of Temporal's runtime, so that all metrics of a worker stand on one page. */
  reportTo(meter: MetricMeter): void {
    this.#meter = meter;
    this.#counterOf = remembered(this.#counter.bind(this));
    this.#gaugeOf = remembered(this.#gauge.bind(this));
    this.#histogramOf = remembered(this.#histogram.bind(this));
  }

  /** False where what is measured goes nowhere, so that it need not be measured. */
  get reported(): boolean {
    return this.#meter !== noopMetricMeter;
  }

  /** Whole numbers, which is what Temporal's counters take. What is no such number is left out: a report must not cost the work. */
  add<Name extends MetricName<'counter'>>(name: Name, labels: MetricLabels<Name>, count = 1): void {
    if (Number.isSafeInteger(count) && count >= 0) this.#counterOf(name).add(count, labels);
  }

  set<Name extends MetricName<'gauge'>>(name: Name, labels: MetricLabels<Name>, value: number): void {
    if (Number.isFinite(value)) this.#gaugeOf(name).set(value, labels);
  }

  record<Name extends MetricName<'histogram'>>(name: Name, labels: MetricLabels<Name>, value: number): void {
    if (Number.isFinite(value) && value >= 0) this.#histogramOf(name).record(value, labels);
  }

  #counter(name: MetricName<'counter'>) {
    return this.#meter.createCounter(name, metricCatalogue[name].unit, metricCatalogue[name].tells);
  }

  #gauge(name: MetricName<'gauge'>) {
    return this.#meter.createGauge(name, 'float', metricCatalogue[name].unit, metricCatalogue[name].tells);
  }

  #histogram(name: MetricName<'histogram'>) {
    return this.#meter.createHistogram(name, 'float', metricCatalogue[name].unit, metricCatalogue[name].tells);
  }
}

function remembered<Name, Instrument>(create: (name: Name) => Instrument): (name: Name) => Instrument {
  const made = new Map<Name, Instrument>();
  return (name) => {
    const instrument = made.get(name) ?? create(name);
    made.set(name, instrument);
    return instrument;
  };
}
