/** A worker behind TLS, client certificates and an API key, under WattTime, with its payloads encrypted; and a codec server. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { JobClient } from '../../worker/client';
import { dataConverterFor } from '../../worker/encryption/dataConverter';
import type { Canaries } from './canaries';
import { lineOf } from './canaryPlain';
import { runCli, servingCli, startCli } from './cli';
import { testKeys } from './encryption';
import { startGridServer } from './gridServer';
import { wattTime } from './grids';
import { makeCertificates, whileProxying } from './tlsProxy';
import { untilReady } from './untilReady';

export async function useEncryptedSecrets(canaries: Canaries, target: string, directory: string): Promise<void> {
  const job = `sealed-${randomUUID().slice(0, 8)}`;
  const certificates = await makeCertificates(mkdtempSync(join(tmpdir(), 'wattbandit-tls-')));
  canaries.plantAs('client key', lineOf(certificates.path('client.key')));
  const keys = testKeys('k1');
  canaries.plantAs('encryption key', keys.secrets[0]!);
  const apiKey = canaries.plant('Temporal API key');
  const [password, bearer] = [canaries.plant('WattTime password'), canaries.plant('WattTime bearer token')];
  const forWattTime = { now: () => new Date(), valueAt: () => 400, tokens: [bearer] };
  const grid = await startGridServer(wattTime({ ...forWattTime, password: 'another' }));
  const configFile = join(directory, 'sealed.yaml');
  const config = {
    version: 1,
    taskQueue: job,
    hardware: { kind: 'simulated', gpu: 'v100', speed: 1e6 },
    carbon: {
      ...{ provider: 'wattTime', kind: 'marginal', zone: 'CAISO_NORTH', baseUrl: grid.url },
      ...{ username: { env: 'CANARY_USER' }, password: { env: 'CANARY_PASSWORD' } },
    },
    overrides: { allowUnsigned: true },
    encryption: keys.config,
  };
  writeFileSync(configFile, JSON.stringify(config));
  await whileProxying({ certificates, target, mutual: true, apiKey }, async (address) => {
    const env = {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_API_KEY: apiKey,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: certificates.path('authority.crt'),
      TEMPORAL_TLS_CLIENT_CERT_PATH: certificates.path('client.crt'),
      TEMPORAL_TLS_CLIENT_KEY_PATH: certificates.path('client.key'),
      WATTBANDIT_ENCRYPTION: keys.file,
      CANARY_USER: 'somebody',
      CANARY_PASSWORD: password,
    };
    const cli = async (args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
      const ended = await runCli(args, { ...env, ...more });
      canaries.hear(`${args.slice(0, 2).join(' ')} of ${job}`, ended.stdout + ended.stderr);
      return ended.code;
    };
    const worker = startCli(['worker', 'start', '-c', configFile, '-o', 'jsonl', '--log-level', 'debug'], env);
    const connection = await Connection.connect({ address: target });
    const client = new Client({ connection, dataConverter: await dataConverterFor(keys.config) });
    const jobs = new JobClient(client, { taskQueue: job });
    try {
      await untilReady(worker, (text) => canaries.hear(`worker of ${job}`, text));
      const file = join(directory, 'sealed-job.yaml');
      writeFileSync(file, JSON.stringify(jobOf(job)));
      await cli(['job', 'create', file, '--paused', '--task-queue', job]);
      await cli(['carbon', 'now', '-c', configFile]);
      grid.behave(wattTime({ ...forWattTime, password }));
      await cli(['carbon', 'now', '-c', configFile]);
      await cli(['job', 'trigger', job]);
      while ((await jobs.ledger(job)).totals.slots.ran === 0) await sleep(200);
      await cli(['override', 'set', job, '--eta', '0.9', '--reason', 'INC-1']);
      for (const words of [
        ['job', 'describe'],
        ['decision', 'explain'],
        ['audit', 'export'],
        ['job', 'export'],
        ['report'],
      ])
        await cli([...words, job]);
      const refusals = [
        await cli(['job', 'list'], { TEMPORAL_API_KEY: canaries.plant('wrong API key') }),
        await cli(['job', 'describe', job], { WATTBANDIT_ENCRYPTION: brokenKey(canaries, directory) }),
        await cli(['job', 'list'], { TEMPORAL_TLS_CLIENT_KEY_PATH: configFile }),
      ];
      if (refusals.some((code) => code === 0)) throw new Error(`wrong keys should be refused, but ${refusals.join()}`);
      await askCodec(canaries, env);
      if (grid.asked.length < 3) throw new Error('not every secret was used');
      await canaries.hearHistories(client, `WorkflowId STARTS_WITH "wattbandit/${job}"`);
    } finally {
      // Whoever lists the jobs of this server next has not its keys.
      await jobs.delete(job).catch(() => {});
      worker.kill('SIGTERM');
      await new Promise((ended) => worker.once('close', ended));
      await connection.close();
      await grid.stop();
    }
  });
}

function brokenKey(canaries: Canaries, directory: string): string {
  const [key, file] = [join(directory, 'broken.key'), join(directory, 'broken.yaml')];
  writeFileSync(key, canaries.plant('broken encryption key'));
  writeFileSync(file, JSON.stringify({ version: 1, encryption: { keys: [{ id: 'k1', key: { file: key } }] } }));
  return file;
}

/** Once with its token and once with another. */
async function askCodec(canaries: Canaries, env: NodeJS.ProcessEnv): Promise<void> {
  const token = canaries.plant('codec server token');
  const args = ['codec', 'serve', '--port', '0', '--token', 'env:CANARY_CODEC'];
  await servingCli(args, { ...env, CANARY_CODEC: token }, async ({ url }) => {
    const statuses: number[] = [];
    for (const bearer of [token, canaries.plant('wrong codec server token')]) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
      const answer = await fetch(`${url}/decode`, { method: 'POST', headers, body: '{"payloads":[]}' });
      canaries.hear('codec server', await answer.text());
      statuses.push(answer.status);
    }
    if (statuses[0] !== 200 || statuses[1] === 200) throw new Error(`the codec server answered ${statuses.join()}`);
  });
}

function jobOf(job: string) {
  return {
    version: 1,
    job,
    batchSizes: [512, 1024],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    schedule: { every: '1h' },
    carbon: {},
    trainer: { kind: 'simulated', dataset: 'cifar100' },
  };
}
