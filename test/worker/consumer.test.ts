/** The package as somebody else gets it: packed, installed into a project of theirs, registered beside what they have. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from '../../worker/processes';
import { testAddress, testBundle } from '../support/temporal';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-consumer-'));
afterAll(() => rmSync(directory, { recursive: true }));

const theirWorkflows = `
  const { proxyActivities } = require('@temporalio/workflow');
  const { greet } = proxyActivities({ startToCloseTimeout: '10s' });
  exports.welcome = (name) => greet(name);
`;

/** An ES module, to show that our CommonJS is importable from one. */
const theirProgram = `
  import { Client, Connection } from '@temporalio/client';
  import { SimplePlugin } from '@temporalio/plugin';
  import { NativeConnection, Worker } from '@temporalio/worker';
  import { JobClient, WattbanditPlugin, hardwareFor, jobSpecSchema, workerConfigSchema } from 'wattbandit';
  import { createRequire } from 'node:module';

  const address = process.argv[2];
  const taskQueue = 'consumer';
  const config = workerConfigSchema.parse({ version: 1, hardware: { kind: 'simulated', gpu: 'v100', speed: 1e6 } });
  const spec = jobSpecSchema.parse({
    version: 1,
    job: 'consumer',
    batchSizes: [256, 512, 1024],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'simulated', dataset: 'cifar100' },
  });

  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: createRequire(import.meta.url).resolve('./workflows.js'),
    plugins: [
      new SimplePlugin({ name: 'greeter', activities: { greet: async (name) => 'hello ' + name } }),
      new WattbanditPlugin(await hardwareFor(config)),
    ],
  });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const results = await worker.runUntil(async () => {
    const welcome = await client.workflow.execute('welcome', {
      workflowId: 'consumer-welcome', taskQueue, args: ['world'], workflowExecutionTimeout: '30s',
    });
    const recurrence = await new JobClient(client, { taskQueue }).startRecurrence(spec, new Date('2021-07-01T00:00:00Z'));
    return { welcome, observation: (await recurrence.result()).observation };
  });
  console.log(JSON.stringify(results));
  await connection.close();
  await client.connection.close();
`;

async function npm(cwd: string, ...args: string[]): Promise<string> {
  return (await run('npm', args, { cwd, maxBuffer: 16 * 1024 * 1024 })).stdout;
}

describe('the package', () => {
  it('works in a project that has a workflow and a plugin of its own', async () => {
    const [packed] = JSON.parse(
      await npm(resolve(__dirname, '../..'), 'pack', '--json', '--pack-destination', directory),
    );
    const shipped: string[] = packed.files.map(({ path }: { path: string }) => path);
    expect(shipped).toEqual(
      expect.arrayContaining(['LICENSE', 'NOTICE', 'data/zeus/LICENSE', 'dist/worker/index.d.ts']),
    );
    expect(shipped.filter((path) => /golden|built-from|\.test\.|^(test|scripts)\//.test(path))).toEqual([]);

    await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    await writeFile(join(directory, 'workflows.js'), theirWorkflows);
    await writeFile(join(directory, 'main.mjs'), theirProgram);
    await npm(directory, 'install', '--prefer-offline', '--no-audit', '--no-fund', join(directory, packed.filename));

    const { stdout } = await run(process.execPath, ['main.mjs', testAddress()], { cwd: directory });
    expect(JSON.parse(stdout)).toEqual({
      welcome: 'hello world',
      observation: expect.objectContaining({ outcome: 'converged', joules: expect.any(Number) }),
    });
  }, 300_000);
});

describe('the workflow bundle', () => {
  it('holds the workflows, the words of the policy and which orders hold, but no zod and nothing that computes', () => {
    const code = readFileSync(testBundle().codePath, 'utf8');
    const modules = [...code.matchAll(/^\/\*{3}\/ "\.\/(.+)"/gm)].map(([, path]) => path ?? '');
    expect(modules).toContain('workflows/bandit.ts');
    expect(modules.filter((path) => !/^(workflows|node_modules)\//.test(path))).toEqual([
      'policy/facts.ts',
      'policy/override.ts',
      'policy/trust.ts',
    ]);
    expect(modules.filter((path) => path.startsWith('node_modules/zod/'))).toEqual([]);
  });
});
