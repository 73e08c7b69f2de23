/** What Zeus's policy decides besides the batch size: the power limit, and what an operator says. */
import type { Ask } from '../../policy/policy';
import { Play, six } from './zeusPlay';

describe('the power limit', () => {
  const at = (powerLimitWatts: number, secondsPerEpoch: number, averageWatts: number) =>
    ({ batchSize: 128, powerLimitWatts, secondsPerEpoch, averageWatts, source: 'profile' }) as const;
  const profile = [at(250, 10, 200), at(100, 15, 100)];
  const profiled = (): Play => {
    const play = new Play(six);
    play.tell(128, 10, 'converged', { measurements: profile });
    play.tell(64, 9, 'diverged');
    play.tell(256, 9, 'diverged');
    return play;
  };

  it('is left open until the size is profiled', () => {
    expect(new Play(six).decide().powerLimitWatts).toBeNull();
    const play = new Play(six);
    play.tell(128, 10, 'infrastructure', { measurements: profile.slice(0, 1) });
    expect(play.decide().powerLimitWatts).toBeNull();
  });

  it('is the cheapest under η, within the slow-down allowed', () => {
    const limit = (objective: Ask['objective']) => profiled().decide({ objective }).powerLimitWatts;
    expect(limit({ eta: 1 })).toBe(100);
    expect(limit({ eta: 0 })).toBe(250);
    expect(limit({ eta: 1, maxSlowdown: 1.2 })).toBe(250);
    expect(limit({ eta: 1, deadlineSeconds: 1 })).toBe(250);
  });

  it('is one of those that may be set now', () => {
    const capped = { model: 'v100', count: 1, powerLimitsWatts: [250] };
    expect(profiled().decide({ gpus: capped, objective: { eta: 1 } }).powerLimitWatts).toBe(250);
    expect(profiled().decide({ gpus: { ...capped, powerLimitsWatts: [175] } }).powerLimitWatts).toBeNull();
  });

  it('takes no notice of measurements that cannot be', () => {
    const play = new Play(six);
    play.tell(128, 10, 'infrastructure', { measurements: [at(250, 10, NaN), at(100, 1e300, 100)] });
    expect(play.memory.gpus['v100']!.profiles).toEqual({});
  });

  it('takes no probe for a profile', () => {
    const play = new Play(six);
    play.tell(128, 10, 'converged', {
      measurements: profile.map((one) => ({ ...one, batchSize: 64, source: 'probe' })),
    });
    expect(play.decide().powerLimitWatts).toBeNull();
  });
});

describe('the operator', () => {
  it('pins a size, which is then not stopped', () => {
    const play = new Play(six);
    play.tell(128, 10);
    expect(play.decide({ pinnedBatchSize: 8 })).toMatchObject({
      batchSize: 8,
      mode: 'pinned',
      costCeilingJoules: null,
    });
  });

  it('may pin a size that the job does not have, and no other run is held to it', () => {
    const play = new Play(six);
    play.tell(128, 10);
    play.tell(200, 1);
    expect(play.decide({ exploration: false })).toMatchObject({ batchSize: 128, costCeilingJoules: 20 });
  });

  it('pauses exploration', () => {
    const play = new Play(six);
    play.tell(128, 10);
    expect(play.decide({ exploration: false })).toMatchObject({ batchSize: 128, mode: 'exploit' });
  });
});
