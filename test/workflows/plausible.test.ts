import { doubt } from '../../workflows/plausible';
import { decision, observation } from '../support/job';

const measurement = {
  batchSize: 64,
  powerLimitWatts: 100,
  secondsPerEpoch: 10,
  averageWatts: 90,
  source: 'probe' as const,
};

const job = { batchSizes: [64, 1024], maxEpochs: 100 };

describe('doubt', () => {
  it('believes a plausible observation', () => {
    expect(doubt(observation({ measurements: [measurement] }), decision(), job)).toBeUndefined();
  });

  it.each([
    ['NaN joules, which JSON makes null', { joules: null }, /joules is null/],
    ['negative joules', { joules: -5 }, /joules is -5, must be a number from 0 to/],
    ['infinite seconds', { seconds: Infinity }, /seconds is Infinity/],
    ['another batch size than decided', { batchSize: 64 }, /batchSize is 64, but 1024 was decided/],
    ['more epochs than the job allows', { epochs: 101 }, /ends after 100/],
    ['a converged run that took no energy', { joules: 0 }, /above 0/],
    [
      'a measurement with a doubt that nobody knows',
      { measurements: [{ ...measurement, doubt: 'evil' }] },
      /doubt of a measurement is "evil", must be one of drift/,
    ],
    [
      'a measurement at 0 W',
      { measurements: [{ ...measurement, averageWatts: 0 }] },
      /averageWatts of a measurement is 0/,
    ],
  ])('sets aside %s', (_, changes, why) => {
    expect(doubt({ ...observation(), ...changes } as never, decision(), job)).toMatch(why);
  });
});
