/** Zeus's own Python client, unmodified, trains against the gateway on pretended GPUs. `npm run test:pipelines -- zeusClient`. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GatewayBench, onGateway } from '../support/gateway';
import { createNvmlHost } from '../support/nvmlStub';

const script = join(__dirname, 'zeusClient.py');

interface Trained {
  readonly batch_size: number;
  readonly trial: number;
  readonly epochs: number;
  readonly failure: string | null;
  readonly joules: number;
  readonly max_power: number;
}

type Train = (url: string, job: string, runs: number) => Promise<readonly Trained[]>;

/** A host with a V100 that computes; answers what training runs there printed. */
async function onTrainingHost(use: (train: Train) => Promise<void>) {
  const host = createNvmlHost([{}]);
  host.setLoad(host.uuids[0]!, 1);
  try {
    await use(async (url, job, runs) => {
      const env = { ...process.env, ...host.env };
      const { stdout } = await promisify(execFile)(process.env.ZEUS_PYTHON!, [script, url, job, String(runs)], { env });
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
      return lines.map((line) => JSON.parse(line));
    });
  } finally {
    host.remove();
  }
}

const totalsOf = async ({ jobs }: GatewayBench, job: string) => (await jobs.ledger(job)).totals;

describe("Zeus's client", () => {
  it('trains 20 recurrences, each of which ends and is learned from', async () => {
    await onTrainingHost(async (train) => {
      await onGateway({ limitSeconds: 230 }, async (bench) => {
        const job = `zeus-${randomUUID().slice(0, 8)}`;
        const runs = await train(bench.url, job, 20);
        expect(runs.map(({ trial }) => trial)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
        expect(runs[0]).toMatchObject({ batch_size: 256, epochs: 3, failure: null, max_power: 250 });
        expect(runs.find(({ batch_size: b }) => b === 1024)?.failure).toContain('Train failed');
        // What it measured and was told agree with what is remembered.
        const totals = await totalsOf(bench, job);
        expect(totals).toMatchObject({ decisions: 20, told: 20, counted: 20, quarantined: 0 });
        expect(totals.joules).toBeCloseTo(
          runs.reduce((sum, { joules }) => sum + joules, 0),
          3,
        );
        // The batch size that needs 99 epochs is not tried again once two rounds have shown it.
        expect(runs.slice(12).map(({ batch_size: b }) => b)).not.toContain(1024);
      });
    });
  }, 240_000);

  it('proves who it is by the password of the URL that it is given', async () => {
    const token = randomUUID();
    await onTrainingHost(async (train) => {
      await onGateway({ tokens: [{ name: 'trainer', role: 'operator', token }] }, async ({ url }) => {
        const job = `zeus-${randomUUID().slice(0, 8)}`;
        await expect(train(url, job, 1)).rejects.toThrow(/status code 401/);
        const [run] = await train(url.replace('://', `://zeus:${token}@`), job, 1);
        expect(run).toMatchObject({ trial: 1, failure: null });
      });
    });
  }, 120_000);
});
