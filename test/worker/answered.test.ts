import { WorkflowUpdateStage } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { answered } from '../../worker/answered';
import { JobClient } from '../../worker/client';
import { ask, banditId, slotAt } from '../../workflows/messages';
import { jobSpec } from '../support/job';
import { testWorker } from '../support/temporal';

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100] };

describe('answered', () => {
  it('holds a workflow that ended before its answer for away, not for a refusal', async () => {
    let end: (answer: unknown) => void = () => {};
    const decide = () => new Promise((resolve) => (end = resolve));
    await testWorker({ activities: { decide } }, async ({ client, taskQueue }) => {
      const job = `job-${randomUUID().slice(0, 8)}`;
      await new JobClient(client, { taskQueue }).create(jobSpec({ job }), { paused: true });
      const bandit = client.workflow.getHandle(banditId(job));
      const slot = slotAt(new Date());
      const request = { id: `${slot}/1`, slot, attempt: 1, gpus };
      const options = { args: [request] as [typeof request], waitForStage: WorkflowUpdateStage.ACCEPTED };
      const update = await bandit.startUpdate(ask, options);
      await bandit.terminate();
      end({});
      await expect(answered(() => update.result())).rejects.toMatchObject({ remedy: 'unavailable' });
    });
  });
});
