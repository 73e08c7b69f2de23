/** What is recorded of runs that others train: the same as of all others. */
import { auditOf } from '../../worker/audit/audit';
import type { LogEntry } from '../../worker/replay/log';
import { latestLogs } from '../../worker/replay/banditRuns';
import { verify } from '../../worker/replay/replay';
import { externalJob, onGateway } from '../support/gateway';

async function logOf(client: Parameters<typeof latestLogs>[0], job: string): Promise<readonly LogEntry[]> {
  for await (const entries of latestLogs(client, job)) return entries;
  return [];
}

describe('the log and the audit of a bandit', () => {
  it('have decisions and observations of runs that others train, from which they are made again', async () => {
    await onGateway({}, async ({ call, client, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const ids: string[] = [];
      for (let n = 0; n < 6; n++) {
        const key = { 'idempotency-key': `run-${n}` };
        const { body: decision } = await call('POST', `/v1/jobs/${job}/decisions`, {}, key);
        await call('POST', `/v1/jobs/${job}/decisions`, {}, key);
        const told = {
          decisionId: decision.id,
          outcome: 'converged',
          epochs: 10 + n,
          seconds: 100,
          joules: 20_000 + n,
        };
        await call('POST', `/v1/jobs/${job}/observations`, told);
        await call('POST', `/v1/jobs/${job}/observations`, { ...told, joules: 1 });
        ids.push(decision.id);
      }
      const log = await logOf(client, job);
      const idsOf = (type: 'decision' | 'observation') =>
        log.flatMap((entry) =>
          entry.type !== type ? [] : entry.type === 'decision' ? [entry.decision.id] : [entry.observation.id],
        );
      expect(idsOf('decision')).toEqual(ids);
      expect(idsOf('observation')).toEqual(ids);
      expect(log.flatMap((entry) => (entry.type === 'observation' ? [entry.observation.joules] : []))).toEqual(
        ids.map((_, n) => 20_000 + n),
      );
      expect(verify(log)).toMatchObject({ decisions: 6, diverged: 0, first: null });
      const { entries } = await auditOf(client, job);
      const observed = entries.filter(({ kind }) => kind === 'observation');
      expect(observed).toMatchObject(ids.map((id, n) => ({ counted: true, observation: { id, joules: 20_000 + n } })));
    });
  });
});
