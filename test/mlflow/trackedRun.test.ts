import type { ToldRun } from '../../activities/mlflow/trackedRun';
import { trackedRunOf } from '../../activities/mlflow/trackedRun';
import { decision, observation } from '../support/job';

const target = { metric: 'accuracy', value: 0.6, direction: 'atLeast' as const };
const at = (powerLimitWatts: number, secondsPerEpoch: number, averageWatts: number) =>
  ({ batchSize: 1024, powerLimitWatts, secondsPerEpoch, averageWatts, source: 'profile' }) as const;
const told = (changes: Partial<ToldRun> = {}): ToldRun => ({
  job: 'cifar100',
  target,
  decision: decision(),
  gpus: { model: 'V100', count: 2, powerLimitsWatts: [100, 200, 300] },
  observation: observation(),
  ...changes,
});
const endedAt = new Date('2026-01-01T00:00:00Z');
const metricsOf = (changes: Partial<ToldRun>) => trackedRunOf(told(changes), endedAt).metrics;

describe('trackedRunOf', () => {
  it('says what was decided, and what came of it', () => {
    const { params, metrics, tags, name, status } = trackedRunOf(told(), endedAt);
    expect(name).toBe('cifar100 2021-07-01T00:00:00Z/1');
    expect(params).toMatchObject({ batchSize: '1024', powerLimitWatts: '200', eta: '0.5', gpus: '2' });
    expect(metrics).toEqual({ joules: 60_000, seconds: 400, epochs: 40 });
    expect(tags['wattbandit.run']).toBe('cifar100/2021-07-01T00:00:00Z/1');
    expect(status).toBe('FINISHED');
  });

  it('compares with the highest limit by the run’s own profile', () => {
    // Ten seconds an epoch at 150 W, against eight at 250 W.
    const measurements = [at(200, 10, 150), at(300, 8, 250)];
    const { savedEnergyShare, slowdownShare } = metricsOf({ observation: observation({ measurements }) });
    expect(savedEnergyShare).toBeCloseTo(1 - 1500 / 2000, 10);
    expect(slowdownShare).toBeCloseTo(0.25, 10);
  });

  it('takes what earlier runs measured, and says nothing where the highest limit was never measured', () => {
    const measurements = [at(200, 10, 150)];
    const profiled = [at(300, 8, 250)];
    expect(metricsOf({ observation: observation({ measurements }) })).not.toHaveProperty('savedEnergyShare');
    const known = { decision: decision({ profiled }), observation: observation({ measurements }) };
    expect(metricsOf(known).savedEnergyShare).toBeCloseTo(0.25, 10);
  });

  it('adds up grams where the grid is known, and calls a price a price', () => {
    const interval = { fromAt: '', toAt: '', seconds: 400, joules: 3.6e6, perKwh: 300, status: 'observed', eta: 0.5 };
    const record = (kind: string) => ({ kind, intervals: [interval], limits: [], profile: [] });
    const grid = (kind: string) =>
      ({ observation: { ...observation(), grid: record(kind) } }) as unknown as Partial<ToldRun>;
    expect(metricsOf(grid('average'))).toMatchObject({ gramsCo2: 300 });
    expect(metricsOf(grid('price'))).toMatchObject({ price: 300 });
  });

  it.each([
    ['converged', 'FINISHED'],
    ['tooDear', 'FAILED'],
    ['operator', 'KILLED'],
  ] as const)('calls a run that %s %s', (outcome, status) => {
    expect(trackedRunOf(told({ observation: observation({ outcome }) }), endedAt).status).toBe(status);
  });
});
