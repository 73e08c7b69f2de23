/** No secret that wattbandit is given is found anywhere, as `npm run bench:overrides` counts them, too. */
import { Canaries } from '../support/canaries';
import { lookForSecrets } from '../support/canaryRun';
import { buildCli } from '../support/cli';
import { testAddress, testClient } from '../support/temporal';

beforeAll(buildCli, 120_000);

describe('a secret', () => {
  it('is in no history, log, metric, error, export or file, whether it was taken or refused', async () => {
    const { planted, found } = await lookForSecrets(testAddress());
    expect(found).toEqual([]);
    expect(planted.size).toBeGreaterThan(15);
  }, 300_000);

  it('would be found: in a history by its payloads, in text as base64 or in an address, too', async () => {
    const canaries = new Canaries();
    const secrets = ['a', 'b', 'c'].map((place) => canaries.plant(place));
    const client = await testClient();
    const handle = await client.workflow.start('bandit', {
      ...{ taskQueue: 'nobody-serves-this', workflowId: `canary-${secrets[0]!.slice(0, 8)}` },
      args: [{ deep: [secrets[0]] }],
    });
    await canaries.hearHistories(client, `WorkflowId = "${handle.workflowId}"`);
    await handle.terminate();
    canaries.hear('log', `Basic ${Buffer.from(secrets[1]!).toString('base64')}`);
    expect(canaries.found).toEqual([expect.stringMatching(/^a in history canary-/), 'b in log']);
  });
});
