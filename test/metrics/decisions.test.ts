import { createBanditActivities } from '../../activities/bandit';
import { createDecideActivities } from '../../activities/decide';
import { countedDecisions } from '../../activities/metrics/decisions';
import { Metrics } from '../../activities/metrics/metrics';
import type { TellAnswer } from '../../workflows/messages';
import { jobSpec, observation } from '../support/job';
import { createRecordingMeter } from '../support/recordingMeter';

const slot = '2021-07-01T05:00:00Z';
const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 250] };

/** The policy decides; of what is told only the answer matters. */
function counting(answer: TellAnswer = { counted: true, retry: false }) {
  const { meter, values } = createRecordingMeter();
  const metrics = new Metrics();
  metrics.reportTo(meter);
  const bandit = { ...createBanditActivities(), tell: async () => answer, giveUp: async () => {} };
  return { values, activities: countedDecisions({ ...createDecideActivities(), ...bandit }, metrics) };
}

describe('countedDecisions', () => {
  it('counts a decision by its mode, tells its η, counts the slots before it that were skipped', async () => {
    const { activities, values } = counting();
    const spec = jobSpec({ schedule: { every: '1h' }, objective: { eta: 0.3 } });
    const request = { id: `${slot}/1`, slot, attempt: 1, gpus };
    await activities.decide({ spec, since: [], request, inFlight: [], lastSlot: '2021-07-01T02:00:00Z' });
    expect(values).toEqual({
      'wattbandit_decisions_total{job="cifar100",mode="first"}': 1,
      'wattbandit_eta_ratio{job="cifar100"}': 0.3,
      'wattbandit_slots_total{job="cifar100",outcome="skipped"}': 2,
      'wattbandit_slots_total{job="cifar100",outcome="ran"}': 0,
      'wattbandit_slots_total{job="cifar100",outcome="failed"}': 0,
      'wattbandit_quarantined_total{job="cifar100"}': 0,
    });
  });

  it('counts a run that converged, and its slot as one that ran', async () => {
    const { activities, values } = counting();
    await activities.tell('a', observation());
    expect(values).toEqual({
      'wattbandit_observations_total{job="a",outcome="converged"}': 1,
      'wattbandit_slots_total{job="a",outcome="ran"}': 1,
    });
  });

  it('ends no slot by a run that is tried again', async () => {
    const { activities, values } = counting({ counted: true, retry: true });
    await activities.tell('a', observation({ outcome: 'outOfMemory' }));
    expect(values).toEqual({ 'wattbandit_observations_total{job="a",outcome="outOfMemory"}': 1 });
  });

  it('counts what is set aside apart, and its slot as failed', async () => {
    const { activities, values } = counting({ counted: false, quarantinedBecause: 'too fast', retry: false });
    await activities.tell('a', observation());
    expect(values).toEqual({
      'wattbandit_quarantined_total{job="a"}': 1,
      'wattbandit_slots_total{job="a",outcome="failed"}': 1,
    });
  });

  it('counts a slot that never got to a decision as failed', async () => {
    const { activities, values } = counting();
    await activities.giveUp('a', { slot, failure: 'infrastructure', why: 'no GPUs' });
    expect(values).toEqual({ 'wattbandit_slots_total{job="a",outcome="failed"}': 1 });
  });
});
