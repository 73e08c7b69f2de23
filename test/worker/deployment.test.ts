/** Versions of workers on a real server: which one takes which step, and what becomes of runs whose version is gone. */
import { NativeConnection } from '@temporalio/worker';
import { moveStranded } from '../../worker/stranded';
import { type RecurrenceResult, banditId } from '../../workflows/messages';
import { Roll, until, versionOfRun } from '../support/roll';
import { testAddress, testClient } from '../support/temporal';

const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const pinned = 1;
const autoUpgrade = 2;

const rolls: Roll[] = [];
const newRoll = () => {
  const roll = new Roll();
  rolls.push(roll);
  return roll;
};
afterEach(async () => {
  await Promise.all(rolls.splice(0).map((roll) => roll.end()));
});

describe('a new version', () => {
  it('takes over the bandit and new recurrences, while the recurrence under way ends in the old one', async () => {
    const roll = newRoll();
    const jobs = await roll.jobs();
    const client = await testClient();
    const bandit = client.workflow.getHandle(banditId(roll.name));
    const first = await roll.serve('1.0');
    await until(() => first.said.some((line) => line.includes('not current')));
    expect(first.said.join('\n')).toContain(
      `temporal worker deployment set-current-version --deployment-name ${roll.name} --build-id 1.0`,
    );
    await roll.makeCurrent('1.0');
    const under = await jobs.startRecurrence(roll.spec, hour(0));
    await until(() => roll.log.includes('begin'));
    expect(await versionOfRun(under)).toEqual({ buildId: '1.0', behavior: pinned });
    expect(await versionOfRun(bandit)).toEqual({ buildId: '1.0', behavior: autoUpgrade });

    await roll.serve('2.0');
    await roll.makeCurrent('2.0');
    const next = await jobs.startRecurrence(roll.spec, hour(1));
    roll.open();
    const { observation }: RecurrenceResult = await under.result();
    expect(observation.outcome).toBe('converged');
    await next.result();
    expect(await versionOfRun(under)).toEqual({ buildId: '1.0', behavior: pinned });
    expect(await versionOfRun(next)).toEqual({ buildId: '2.0', behavior: pinned });
    expect(await versionOfRun(bandit)).toEqual({ buildId: '2.0', behavior: autoUpgrade });
    const { totals, slots } = await jobs.ledger(roll.name);
    // What the second run cost is a matter of luck; it may have been tried again.
    expect(slots[0]?.attempts).toHaveLength(1);
    expect(totals).toMatchObject({ told: totals.decisions, counted: totals.decisions, quarantined: 0 });
  });

  it('goes on with a run whose host and version are replaced in the middle of it, once nobody serves the old one', async () => {
    const roll = newRoll();
    const jobs = await roll.jobs();
    const first = await roll.serve('1.0');
    await roll.makeCurrent('1.0');
    const under = await jobs.startRecurrence(roll.spec, hour(0));
    await until(() => roll.log.includes('begin'));
    await first.stop();
    expect(roll.log).toEqual(['begin', 'end']);

    await roll.serve('2.0');
    await roll.makeCurrent('2.0');
    roll.open();
    // The host's queue takes work of every version; what comes of it waits for the recurrence's own.
    await until(async () => {
      const { raw, status } = await under.describe();
      return status.name === 'RUNNING' && roll.log.length > 3 && raw.pendingActivities?.length === 0;
    });
    const connection = await NativeConnection.connect({ address: testAddress() });
    try {
      const version = { deploymentName: roll.name, buildId: '2.0' };
      const queue = { connection, namespace: 'default', taskQueue: roll.name, version };
      // As long as it may be that the old version is there still, nothing is moved.
      expect(await moveStranded(queue)).toBe(0);
      await until(async () => (await moveStranded(queue, 0)) === 1);
      const { observation }: RecurrenceResult = await under.result();
      expect(observation.outcome).toBe('converged');
      expect(await moveStranded(queue, 0)).toBe(0);
    } finally {
      await connection.close();
    }
    expect(await versionOfRun(under)).toMatchObject({ buildId: '2.0' });
    const { totals, slots } = await jobs.ledger(roll.name);
    expect(totals).toMatchObject({ decisions: 1, told: 1, counted: 1 });
    expect(slots.map(({ state }) => state.kind)).toEqual(['ran']);
    expect(roll.log).toEqual(['begin', 'end', 'begin', 'end']);
  });
});
