import { ApplicationFailure } from '@temporalio/common';
import type { TrackedRun } from '../../activities/mlflow/trackedRun';
import type { RecurrenceResult } from '../../workflows/messages';
import { onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';

const slot = new Date(Date.UTC(2021, 6, 1));

describe('a recurrence on a host that publishes runs', () => {
  it('tells every run of it, those that failed too', async () => {
    const published: TrackedRun[] = [];
    const tracking = { publish: async (run: TrackedRun) => void published.push(run) };
    await onBench({ ...simulatedHardware(), tracking }, async ({ jobs, job }) => {
      // Nothing converges within an epoch, so that all attempts are used up.
      const spec = jobSpec({ job, maxEpochs: 1, attempts: 2 });
      const { attempts }: RecurrenceResult = await (await jobs.startRecurrence(spec, slot)).result();
      expect(attempts).toBe(2);
      expect(published.map(({ id, status }) => [id, status])).toEqual([
        [`${job}/2021-07-01T00:00:00Z/1`, 'FAILED'],
        [`${job}/2021-07-01T00:00:00Z/2`, 'FAILED'],
      ]);
    });
  });

  it('is not hurt where that fails', async () => {
    const tracking = { publish: async () => Promise.reject(ApplicationFailure.nonRetryable('no such server')) };
    await onBench({ ...simulatedHardware(), tracking }, async ({ jobs, job }) => {
      const { observation }: RecurrenceResult = await (await jobs.startRecurrence(jobSpec({ job }), slot)).result();
      expect(observation.outcome).toBe('converged');
      expect((await jobs.ledger(job)).totals.told).toBe(1);
    });
  });
});
