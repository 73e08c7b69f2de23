import fc from 'fast-check';
import { assess, donorRuns } from '../../worker/import/assess';
import type { ReadRow, Row, RowFacts, Source } from '../../worker/import/rows';
import { jobSpec } from '../support/job';

const spec = jobSpec();
const donor = { name: 'csv', target: null, gpuCount: null };

function row(changes: Partial<RowFacts> = {}, more: Partial<ReadRow> = {}): ReadRow {
  const known = { gpuModel: 'V100', powerLimitWatts: 200, epochs: 40, at: null, measurements: [] };
  const facts = { ...known, batchSize: 1024, outcome: 'converged', seconds: 400, joules: 60_000, ...changes } as const;
  return { kind: 'read', place: 'line 2', key: JSON.stringify(changes), doubts: [], facts, ...more };
}

const source = (...rows: readonly Row[]): Source => ({ donor, rows });
const one = (of: Row, told = {}) => assess(source(of), spec, told)[0]!;
const measured = (batchSize: number) =>
  ({ batchSize, powerLimitWatts: 200, secondsPerEpoch: 10, averageWatts: 150, source: 'profile' }) as const;

describe('assess', () => {
  it('takes a sound run with all its facts, and says where it comes from', () => {
    expect(one(row())).toEqual({
      place: 'line 2',
      verdict: 'taken',
      why: '',
      observation: {
        id: expect.stringMatching(/^import\/[0-9a-f]{24}$/),
        slot: one(row()).observation!.id,
        attempt: 1,
        gpuModel: 'V100',
        batchSize: 1024,
        powerLimitWatts: 200,
        outcome: 'converged',
        epochs: 40,
        reachedEpochLimit: false,
        seconds: 400,
        joules: 60_000,
        measurements: [],
        imported: { from: 'csv', weight: 1 },
      },
    });
  });

  it('says what is not known, and takes the limit from the person who knows it', () => {
    const zeus = row({ powerLimitWatts: null, epochs: null });
    expect(one(zeus).observation).toMatchObject({
      epochs: 0,
      powerLimitWatts: 0,
      imported: { unknown: ['epochs', 'powerLimitWatts'] },
    });
    expect(one(zeus, { powerLimitWatts: 250 }).observation).toMatchObject({
      powerLimitWatts: 250,
      imported: { unknown: ['epochs'] },
    });
  });

  it('gives a run the same id whatever is told of it, and other runs and donors other ids', () => {
    const id = (of: Row, told = {}) => one(of, told).observation!.id;
    expect(id(row(), { gpuModel: 'A100', powerLimitWatts: 9 })).toBe(id(row()));
    expect(id(row({}, { key: 'other' }))).not.toBe(id(row()));
    const elsewhere = assess({ donor: { ...donor, name: 'job x' }, rows: [row()] }, spec, {});
    expect(elsewhere[0]!.observation!.id).not.toBe(id(row()));
  });

  it.each([
    ['another batch size than the job has', { batchSize: 3 }, /batch size 3 is not one of the job's: 8, 16/],
    ['more epochs than the job allows', { epochs: 101 }, /ends after 100/],
    ['a converged run that took no time', { seconds: 0 }, /above 0/],
    ['no GPU model', { gpuModel: null }, /give it by --gpu-model/],
    ['a model that every object has', { gpuModel: 'constructor' }, /is no name/],
  ])('drops %s', (_what, changes, why) => {
    expect(one(row(changes))).toMatchObject({ verdict: 'dropped', observation: null, why: expect.stringMatching(why) });
  });

  it('keeps a dropped row with its reason: nothing is lost in silence', () => {
    const dropped = { kind: 'dropped', place: 'line 3', why: 'because' } as const;
    expect(one(dropped)).toEqual({ place: 'line 3', verdict: 'dropped', why: 'because', observation: null });
  });

  it('doubts, and counts half, what trained to another target, on other GPUs, or drew too much', () => {
    const other = { ...donor, target: { value: 0.5, direction: 'atLeast' as const }, gpuCount: 4 };
    const [doubtful] = assess({ donor: other, rows: [row({ joules: 400 * 900 }, { doubts: ['odd'] })] }, spec, {});
    expect(doubtful).toMatchObject({ verdict: 'doubtful', observation: { imported: { weight: 0.5 } } });
    expect(doubtful!.why).toBe(
      'trained until atLeast 0.5, this job until atLeast 0.6; ran on 4 GPUs, this job on 1; odd; drew 900 W under a limit of 800 W in all',
    );
    expect(one(row({ joules: 400 * 219 })).verdict).toBe('taken');
    expect(one(row({ joules: 400 * 221 })).verdict).toBe('doubtful');
  });

  it('has nothing to doubt of a loss, which teaches nothing', () => {
    const other = { ...donor, gpuCount: 4 };
    const [loss] = assess(
      { donor: other, rows: [row({ outcome: 'infrastructure', seconds: 0, joules: 0 })] },
      spec,
      {},
    );
    expect(loss).toMatchObject({ verdict: 'taken', observation: { imported: { weight: 1 } } });
  });

  it('says that a run which did not converge used up the epochs of this job', () => {
    expect(one(row({ outcome: 'diverged', epochs: 100 })).observation!.reachedEpochLimit).toBe(true);
    expect(one(row({ outcome: 'diverged', epochs: 99 })).observation!.reachedEpochLimit).toBe(false);
    expect(one(row({ epochs: 100 })).observation!.reachedEpochLimit).toBe(false);
  });

  it('leaves out measurements of sizes that the job has not, and says so', () => {
    const mixed = one(row({ measurements: [measured(1024), measured(3)], outOfMemoryBatchSizes: [3, 4096] }));
    expect(mixed).toMatchObject({ verdict: 'taken', why: 'without measurements of 3, which the job has not' });
    expect(mixed.observation).toMatchObject({ measurements: [measured(1024)], outOfMemoryBatchSizes: [4096] });
  });

  it('lets no donor count for more than a few runs of the job at any batch size', () => {
    const outcomes = fc.constantFrom('converged', 'tooDear', 'diverged', 'infrastructure', 'preempted');
    const rows = fc.array(fc.tuple(fc.constantFrom(8, 16, 32), outcomes), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (list) => {
        const assessed = assess(source(...list.map(([batchSize, outcome]) => row({ batchSize, outcome }))), spec, {});
        for (const size of [8, 16, 32]) {
          const teaching = assessed.flatMap(({ observation: of }) =>
            of?.batchSize === size && !['infrastructure', 'preempted'].includes(of.outcome) ? of.imported!.weight : [],
          );
          const sum = teaching.reduce((total, weight) => total + weight, 0);
          expect(Math.abs(sum - Math.min(donorRuns, teaching.length))).toBeLessThan(1e-9);
        }
      }),
    );
  });
});
