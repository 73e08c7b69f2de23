import { setTimeout as sleep } from 'node:timers/promises';
import { JobClient } from '../../worker/client';
import { onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';

/** Jobs whose task queue no worker serves, as when a job is created before its worker is started. */
async function withoutWorker(test: (jobs: JobClient, job: string) => Promise<void>): Promise<void> {
  await onBench({}, ({ client, job }) => test(new JobClient(client, { taskQueue: `nobody-${job}` }), job));
}

describe('JobClient.create', () => {
  it.each([
    ['cron expression', { every: undefined, cron: 'now and then' }, 'cron "now and then"'],
    ['time zone', { every: undefined, cron: '0 * * * *', timeZone: 'Mars/Olympus' }, 'Mars/Olympus'],
  ])('leaves nothing behind if Temporal refuses the %s', async (_what, schedule, says) => {
    await withoutWorker(async (jobs, job) => {
      // A job file with these is refused before; a program may still have put a specification together by itself.
      const spec = jobSpec({ job });
      await expect(jobs.create({ ...spec, schedule: { ...spec.schedule, ...schedule } })).rejects.toMatchObject({
        remedy: 'invalid',
        message: expect.stringContaining(says),
      });
      expect(await jobs.exists(job)).toBe(false);
    });
  });

  it('does not put a job onto the memory of another specification', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job }) => {
      const at = new Date('2021-07-01T00:00:00Z');
      await (await jobs.startRecurrence(jobSpec({ job, maxEpochs: 90 }), at)).result();
      await expect(jobs.create(jobSpec({ job }))).rejects.toMatchObject({ remedy: 'conflict' });
      await jobs.delete(job);
      expect(await jobs.create(jobSpec({ job }), { paused: true })).toBe('created');
      expect((await jobs.ledger(job)).slots).toEqual([]);
    });
  });
});

describe('JobClient.delete', () => {
  it('lets a job begin anew even if no worker was there to hear of it', async () => {
    await withoutWorker(async (jobs, job) => {
      await jobs.create(jobSpec({ job }), { paused: true });
      await jobs.delete(job);
      expect(await jobs.exists(job)).toBe(false);
      expect(await jobs.create(jobSpec({ job, maxEpochs: 90 }), { paused: true })).toBe('created');
      await jobs.delete(job);
    });
  });

  it('refuses a job that nobody knows', async () => {
    await withoutWorker((jobs) => expect(jobs.delete('nobody')).rejects.toMatchObject({ remedy: 'notFound' }));
  });
});

describe('JobClient.trigger', () => {
  it('obeys the overlap rule of the job', async () => {
    await withoutWorker(async (jobs, job) => {
      await jobs.create(jobSpec({ job }), { paused: true });
      await jobs.trigger(job);
      await jobs.trigger(job);
      const taken = async () => (await jobs.describe(job)).info;
      for (let info = await taken(); info.numActionsTaken + info.numActionsSkippedOverlap < 2; info = await taken()) {
        await sleep(50);
      }
      expect(await taken()).toMatchObject({ numActionsTaken: 1, numActionsSkippedOverlap: 1 });
      await jobs.delete(job);
    });
  });
});
