/** A GPU host behind zeusd, under a grid, with signed overrides and a trainer that logs in somewhere: nothing of it is encrypted. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { JobClient } from '../../worker/client';
import type { Canaries } from './canaries';
import { runCli, startCli } from './cli';
import { json, startGridServer } from './gridServer';
import { electricityMaps } from './grids';
import { createNvmlHost } from './nvmlStub';
import { createSealKeys, createSigner, overrideClaims } from './tokens';
import { untilReady } from './untilReady';
import { startZeusdFake } from './zeusdFake';

export async function usePlainSecrets(canaries: Canaries, address: string, directory: string): Promise<void> {
  const job = `plain-${randomUUID().slice(0, 8)}`;
  mkdirSync(join(directory, 'kept'), { recursive: true });
  const zeusdAsks = { token: canaries.plant('zeusd token') };
  const nvml = createNvmlHost([{ uuid: `GPU-${job}` }]);
  nvml.setPrivilege('unprivileged');
  const zeusd = await startZeusdFake(nvml, zeusdAsks);
  const gridToken = canaries.plant('electricityMaps token');
  const works = electricityMaps({ now: () => new Date(), valueAt: () => 300 });
  const refusing = () => json({ error: `bad token ${gridToken}` }, 401);
  const grid = await startGridServer(refusing);
  const [signer, stranger] = [await createSigner('ES256', 'k1'), await createSigner('ES256', 'k1')];
  let keySetAway = true;
  const keySet = await startGridServer(() => (keySetAway ? json({}, 503) : json({ keys: [signer.jwk] })));
  const seal = createSealKeys();
  canaries.plantAs('private seal key', lineOf(seal.privateFile));
  const collector = await startGridServer(() => json({}, 401));
  const kept = join(directory, 'kept');
  const metricsAt = await freeAddress();
  const config = {
    version: 1,
    taskQueue: job,
    host: job,
    hardware: {
      kind: 'gpus',
      driver: { kind: 'zeusd', socketPath: zeusd.socketPath, token: 'env:CANARY_ZEUSD', nvmlLibrary: nvml.libraryPath },
      leases: join(kept, 'leases'),
      trainer: { kind: 'process', directory: join(kept, 'runs') },
    },
    carbon: {
      provider: 'electricityMaps',
      kind: 'average',
      zone: 'DE',
      token: { env: 'CANARY_GRID' },
      baseUrl: grid.url,
    },
    overrides: {
      tokens: {
        jwks: { url: `${keySet.url}/jwks?key=${canaries.plant('query of the key set')}` },
        sealKeys: [{ file: seal.privateFile }],
      },
    },
    metrics: { prometheus: { bind: metricsAt } },
    tracing: { otlp: { url: `${collector.url}/v1/traces` } },
  };
  const configFile = join(directory, 'plain.yaml');
  writeFileSync(configFile, JSON.stringify(config));
  const env = {
    ...nvml.env,
    TEMPORAL_ADDRESS: address,
    CANARY_ZEUSD: zeusdAsks.token,
    CANARY_GRID: gridToken,
    CANARY_TRAINER: canaries.plant('trainer environment'),
    CANARY_FOREIGN: canaries.plant('worker environment'),
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${canaries.plant('OTLP header')}`,
  };
  const cli = async (...args: readonly string[]) => {
    const ended = await runCli(args, env);
    canaries.hear(`${args.slice(0, 2).join(' ')} of ${job}`, ended.stdout + ended.stderr);
    return ended;
  };
  const worker = startCli(['worker', 'start', '-c', configFile, '-o', 'jsonl', '--log-level', 'debug'], env);
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  try {
    await untilReady(worker, (text) => canaries.hear(`worker of ${job}`, text));
    const jobs = new JobClient(client, { taskQueue: job });
    const jobFile = join(directory, 'plain-job.yaml');
    writeFileSync(jobFile, JSON.stringify(jobOf(job)));
    await cli('job', 'create', jobFile, '--paused', '--task-queue', job);
    const recur = async () => {
      const { ran, failed } = (await jobs.ledger(job)).totals.slots;
      await cli('job', 'trigger', job);
      for (;;) {
        const now = (await jobs.ledger(job)).totals.slots;
        if (now.ran + now.failed > ran + failed) return;
        await sleep(200);
      }
    };
    await cli('carbon', 'now', '-c', configFile);
    grid.behave(works);
    await recur();
    await cli('carbon', 'now', '-c', configFile);

    const order = async (signedBy: typeof signer, place: string) => {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { job, value: { eta: 0.9 }, iat, exp: iat + 600, jti: randomUUID() };
      const token = await signedBy.sign(overrideClaims(claims));
      canaries.plantAs(place, token.split('.')[2]!);
      const tokenFile = join(directory, 'token');
      writeFileSync(tokenFile, token);
      const words = ['override', 'set', job, '--eta', '0.9', '--reason', 'INC-1', '--token-file', tokenFile];
      await cli(...words);
      const sealed = [...words, '--seal-key', seal.publicFile];
      const first = cli(...sealed);
      while (keySet.asked.length === 0) await sleep(50);
      keySetAway = false;
      return [(await first).code, (await cli(...sealed)).code];
    };
    const codes = [...(await order(signer, 'signature')), ...(await order(stranger, 'forged signature'))];
    if (codes.join() !== '0,5,5,5')
      throw new Error(`the tokens were not taken once and refused then, but ${codes.join()}`);

    zeusdAsks.token = 'renewed';
    await recur();
    await cli('override', 'list', job);
    await cli('job', 'describe', job, '--json');
    await cli('decision', 'explain', job);
    await cli('audit', 'export', job);
    await cli('job', 'export', job);
    await cli('report', job);
    await cli('doctor');
    canaries.hear('metrics', await (await fetch(`http://${metricsAt}/metrics`)).text());
    const { slots } = await jobs.ledger(job);
    const outcomes = slots.flatMap(({ attempts }) => attempts.map(({ observation }) => observation?.outcome));
    if (outcomes[0] !== 'converged') throw new Error(`the first run should converge, but ${outcomes.join()}`);
    const asked = { grid: grid.asked.length, keySet: keySet.asked.length, collector: collector.asked.length };
    if (asked.grid < 3 || asked.keySet < 2 || asked.collector < 1)
      throw new Error(`not every secret was used: ${JSON.stringify(asked)}`);
    await canaries.hearHistories(client, `WorkflowId STARTS_WITH "wattbandit/${job}"`);
  } finally {
    worker.kill('SIGTERM');
    await new Promise((ended) => worker.once('close', ended));
    canaries.hearFiles(kept);
    await connection.close();
    await Promise.all([zeusd.stop(), grid.stop(), keySet.stop(), collector.stop()]);
    nvml.remove();
  }
}

async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `127.0.0.1:${port}`;
}

/** Of a key in PEM, one that tells something. */
export function lineOf(file: string): string {
  return readFileSync(file, 'utf8').split('\n')[1]!;
}

function jobOf(job: string) {
  const command = [process.execPath, join(__dirname, 'canaryTrainer.mjs'), 'CANARY_TRAINER', 'CANARY_FOREIGN'];
  return {
    version: 1,
    job,
    batchSizes: [64],
    defaultBatchSize: 64,
    maxEpochs: 8,
    target: { metric: 'accuracy', value: 1 },
    schedule: { every: '1h' },
    carbon: {},
    trainer: { kind: 'process', command, env: ['CANARY_TRAINER'] },
  };
}
