/** docs/experiments.md does what it says: its shell blocks run in order, and print what stands after them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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

async function blocksOf(page: string): Promise<readonly Block[]> {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  const [ofLogs = ''] = text.split("\n## The papers' figures\n");
  const found = ofLogs.matchAll(/^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms);
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

async function run(commands: string, folder: string): Promise<string> {
  const ours = commands.replaceAll('npx wattbandit', `"${process.execPath}" "${main}"`);
  const env = { PATH: process.env['PATH'], HOME: folder, TEMPORAL_ADDRESS: testAddress() };
  const { stdout } = await promisify(execFile)('bash', ['-euc', ours], { cwd: folder, env });
  return stdout;
}

async function runAll(blocks: readonly Block[], folder: string): Promise<void> {
  for (const { commands, printed } of blocks) {
    const stdout = await run(commands, folder);
    if (printed !== undefined) expect(stdout).toContain(printed.trimEnd());
  }
}

/** The rest of them are about a job on a server. */
const isOfExample = ({ commands }: Block) => commands.includes('examples/');

describe('docs/experiments.md', () => {
  it('runs on a job, from export to restore', async () => {
    const blocks = (await blocksOf('experiments.md')).filter((block) => !isOfExample(block));
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    await onBench(simulatedHardware(), async ({ jobs }) => {
      const spec = jobSpec({ job: 'retrain', batchSizes: [256, 512, 1024] });
      await jobs.create(spec, { paused: true });
      for (let n = 0; n < 6; n++) await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, n)))).result();
      await inFolder(spec, (folder) => runAll(blocks, folder));
      await jobs.delete('retrain');
    });
  });

  it('prints of the example log what it shows', async () => {
    const blocks = (await blocksOf('experiments.md')).filter(isOfExample);
    expect(blocks.filter(({ printed }) => printed !== undefined).length).toBeGreaterThanOrEqual(2);
    await inFolder({}, (folder) => runAll(blocks, folder));
  });
});
