/** docs/experiments.md does what it says: its shell blocks run in order, and print what stands after them. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { onBench, simulatedHardware } from '../support/bench';
import { buildCli } from '../support/cli';
import { jobSpec } from '../support/job';
import { testAddress } from '../support/temporal';

const root = join(__dirname, '..', '..');
const main = join(root, 'dist', 'worker', 'cli', 'main.js');

beforeAll(buildCli, 120_000);

interface Block {
  readonly commands: string;
  /** Undefined where the page does not say. */
  readonly printed: string | undefined;
}

const pageOf = (name: string) => readFile(join(root, 'docs', name), 'utf8');

function blocksOf(page: string): readonly Block[] {
  const found = page.matchAll(/^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms);
  return [...found].map(([, commands = '', printed]) => ({ commands, printed }));
}

/** In a folder with the examples and the job's file, as a reader would. */
async function inFolder(job: object, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wattbandit-doc-'));
  try {
    await symlink(join(root, 'examples'), join(folder, 'examples'));
    await writeFile(join(folder, 'retrain.yaml'), stringify(job));
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const oursIn = (commands: string) => commands.replaceAll('npx wattbandit', `"${process.execPath}" "${main}"`);
const envOf = (folder: string) => ({ PATH: process.env['PATH'], HOME: folder, TEMPORAL_ADDRESS: testAddress() });

async function run(commands: string, folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euc', oursIn(commands)], { cwd: folder, env: envOf(folder) });
  return stdout;
}

async function runAll(blocks: readonly Block[], folder: string): Promise<void> {
  for (const { commands, printed } of blocks) {
    const stdout = await run(commands, folder);
    if (printed !== undefined) expect(stdout).toContain(printed.trimEnd());
  }
}

/** A worker does nothing by itself: it serves until it is told to stop, and then ends well. */
async function serve(commands: string, folder: string): Promise<void> {
  const worker = spawn('bash', ['-euc', `exec ${oursIn(commands)}`], { cwd: folder, env: envOf(folder) });
  const ended = once(worker, 'exit');
  await Promise.race([once(worker.stdout, 'data'), ended]);
  worker.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}

const isOfExample = ({ commands }: Block) => commands.includes('examples/');
const isOfSimulation = ({ commands }: Block) => /wattbandit (experiment|worker)/.test(commands);

describe('docs/experiments.md', () => {
  it('runs on a job, from export to restore', async () => {
    const all = blocksOf(await pageOf('experiments.md'));
    const blocks = all.filter((block) => !isOfExample(block) && !isOfSimulation(block));
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    await onBench(simulatedHardware(), async ({ jobs }) => {
      const spec = jobSpec({ job: 'retrain', batchSizes: [256, 512, 1024] });
      await jobs.create(spec, { paused: true });
      for (let n = 0; n < 6; n++) await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, n)))).result();
      await inFolder(spec, (folder) => runAll(blocks, folder));
      await jobs.delete('retrain');
    });
  });

  it('prints of the example log what it shows, and draws it', async () => {
    const blocks = blocksOf(await pageOf('experiments.md')).filter(isOfExample);
    expect(blocks.filter(({ printed }) => printed !== undefined).length).toBeGreaterThanOrEqual(2);
    await inFolder({}, async (folder) => {
      await runAll(blocks, folder);
      expect(await readdir(folder)).toEqual(expect.arrayContaining(['retrain.html', 'results.json', 'regret.svg']));
    });
  });

  it('plays the papers’ figures and the sweep, of which a part and one seed must do here, and serves experiments', async () => {
    const page = await pageOf('experiments.md');
    const blocks = blocksOf(page).filter(isOfSimulation);
    const [, sweep = ''] = /^```yaml\n(.*?)^```\n/ms.exec(page) ?? [];
    expect(sweep).toContain('seeds: 20\n');
    await inFolder({}, async (folder) => {
      await writeFile(join(folder, 'sweep.yaml'), sweep.replace('seeds: 20\n', 'seeds: 1\n'));
      for (const { commands } of blocks) {
        if (commands.includes('worker start')) await serve(commands, folder);
        else await run(commands.replace('experiment paper', 'experiment paper --only fronts --seeds 1'), folder);
      }
      expect(await readdir(folder)).toEqual(expect.arrayContaining(['result.jsonl', 'experiments']));
      expect(await readdir(join(folder, 'experiments'))).toContain('REPORT.md');
    });
    expect(blocks).toHaveLength(3);
  });
});
