import { type JobSpecInput, jobSpecSchema } from '../../workflows/contracts';
import { jobSpec } from '../support/job';

const { job, batchSizes, defaultBatchSize, maxEpochs, target, trainer } = jobSpec();
const minimal = { version: 1, job, batchSizes, defaultBatchSize, maxEpochs, target, trainer };

function complaintsAbout(changes: object): string[] {
  const { error } = jobSpecSchema.safeParse({ ...minimal, ...changes });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('jobSpecSchema', () => {
  it('fills in every default of a minimal job', () => {
    expect(jobSpecSchema.parse(minimal)).toMatchObject({
      objective: { eta: 0.5 },
      policy: { name: 'wattbandit', trustRegion: 'standard' },
      schedule: { every: 3600, overlap: 'skip', catchupWindow: 600, jitter: 0, timeZone: 'UTC' },
      gpus: { count: 1 },
      attempts: 3,
      lease: 86_400,
    });
  });

  it('reads durations as people write them, and numbers as seconds', () => {
    const schedule: JobSpecInput['schedule'] = { every: '90m', jitter: 30, catchupWindow: '1d' };
    expect(jobSpecSchema.parse({ ...minimal, schedule }).schedule).toMatchObject({
      every: 5400,
      jitter: 30,
      catchupWindow: 86_400,
    });
  });

  it('sorts batch sizes', () => {
    expect(jobSpecSchema.parse({ ...minimal, batchSizes: [1024, 8, 64] }).batchSizes).toEqual([8, 64, 1024]);
  });

  it.each([
    ['a duration that no clock can hold', { lease: '999999999d' }, 'lease: must be from 1s to 366d'],
    ['an infinite duration', { lease: Infinity }, 'lease: must be a duration such as 90s, 10m or 1h'],
    ['no duration', { lease: null }, 'lease: must be a duration such as 90s, 10m or 1h'],
    ['an empty duration', { lease: '' }, 'lease: must be a duration such as 90s, 10m or 1h'],
    ['a duration of a hundred digits', { lease: '1'.repeat(101) }, 'lease: must be a duration such as 90s, 10m or 1h'],
    ['a lease of nothing', { lease: 0 }, 'lease: must be from 1s to 366d'],
    ['an interval below a second', { schedule: { every: '10ms' } }, 'schedule.every: must be from 1s to 366d'],
    [
      'words for a cron expression',
      { schedule: { cron: 'every now and then' } },
      'schedule.cron: must be a cron expression',
    ],
    ['a time zone on Mars', { schedule: { timeZone: 'Mars/Olympus' } }, 'schedule.timeZone: must be a time zone'],
    ['two clocks', { schedule: { every: '1h', cron: '0 * * * *' } }, 'schedule.cron: give either every or cron'],
    ['a default outside the list', { defaultBatchSize: 7 }, 'defaultBatchSize: must be one of batchSizes'],
    ['a batch size twice', { batchSizes: [8, 8, 1024] }, 'batchSizes: must not list a batch size twice'],
    ['a window of −3', { policy: { name: 'zeus', window: -3 } }, 'policy.window:'],
    ['a job id that begins with a dot', { job: '.hidden' }, 'begin with a letter or digit'],
  ])('refuses %s', (_, changes, complaint) => {
    expect(complaintsAbout(changes).join('\n')).toContain(complaint);
  });
});
