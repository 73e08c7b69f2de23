import { createConstant } from '../../activities/carbon/constant';
import { createGridWatch } from '../../activities/carbon/gridWatch';
import { reportedWatch } from '../../activities/metrics/grid';
import { Metrics } from '../../activities/metrics/metrics';
import { createRecordingMeter } from '../support/recordingMeter';

const labels = 'kind="average",provider="constant",zone="DE"';
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 1, 12, minutes));

function bench() {
  const { meter, values } = createRecordingMeter();
  const metrics = new Metrics();
  metrics.reportTo(meter);
  const value = { kind: 'average', gramsPerKwh: 321, factorType: 'lifecycle' } as const;
  const source = createConstant({ zone: 'DE', value, clock: () => at(0) });
  return { values, metrics, source };
}

describe('reportedWatch', () => {
  it('tells the intensity, and age 0 while the value holds', async () => {
    const { values, metrics, source } = bench();
    await reportedWatch(createGridWatch(source), metrics).view(at(0));
    expect(values).toEqual({
      [`wattbandit_carbon_intensity_grams_per_kwh{${labels}}`]: 321,
      [`wattbandit_carbon_age_seconds{${labels}}`]: 0,
    });
  });

  it('lets the age grow while the provider is silent, from the end of the last value or else from the first look', async () => {
    const { values, metrics, source } = bench();
    const silent = { ...source, history: () => Promise.reject(new Error('away')) };
    const watch = reportedWatch(createGridWatch(silent), metrics);
    await watch.view(at(0));
    expect(values).toEqual({ [`wattbandit_carbon_age_seconds{${labels}}`]: 0 });
    await watch.view(at(30));
    expect(values).toEqual({ [`wattbandit_carbon_age_seconds{${labels}}`]: 1800 });
  });
});
