/** `temporal wattbandit …` by the real `temporal`, with wattbandit's second program on its PATH as npm puts it there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import packageJson from '../../package.json';
import { buildCli } from '../support/cli';
import { testAddress, testBinary } from '../support/temporal';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-extension-'));

beforeAll(async () => {
  await buildCli();
  const program = resolve(__dirname, '..', '..', packageJson.bin['temporal-wattbandit']);
  chmodSync(program, 0o755);
  symlinkSync(program, join(directory, 'temporal-wattbandit'));
}, 120_000);

async function temporal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const PATH = [directory, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const own = { ...process.env, PATH, TEMPORAL_CONFIG_FILE: join(directory, 'none.toml'), WATTBANDIT_STATE: directory };
  const child: ChildProcess = spawn(testBinary(), args, { env: { ...own, ...env } });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => (said.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (said.stderr += data.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, ...said };
}

describe('temporal wattbandit', () => {
  it('passes flags on, before and behind the command, and keeps the exit code', async () => {
    const list = await temporal([
      '-o',
      'json',
      'wattbandit',
      'job',
      'list',
      '--address',
      testAddress(),
      '-n',
      'default',
    ]);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(list.stdout)).toMatchObject({ schemaVersion: 1 });
    const unknown = await temporal(['wattbandit', 'override', 'list', 'nobody', '--address', testAddress()]);
    expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('Cannot find job nobody') });
  });

  it('uses the profile that temporal uses, and the environment before it', async () => {
    const file = join(directory, 'temporal.toml');
    writeFileSync(
      file,
      `[profile.night]\naddress = "${testAddress()}"\nnamespace = "default"\n[profile.away]\naddress = "127.0.0.1:1"\n`,
    );
    const command = ['wattbandit', 'job', 'list', '-o', 'json'];
    const byProfile = await temporal(['--profile', 'night', ...command], { TEMPORAL_CONFIG_FILE: file });
    expect(byProfile).toMatchObject({ code: 0 });
    const byFlag = await temporal(['--config-file', file, '--profile', 'night', ...command]);
    expect(byFlag).toMatchObject({ code: 0 });
    const byEnvironment = await temporal(['--profile', 'away', ...command], {
      TEMPORAL_CONFIG_FILE: file,
      TEMPORAL_ADDRESS: testAddress(),
    });
    expect(byEnvironment).toMatchObject({ code: 0 });
  });

  it('explains itself under its own name', async () => {
    const { code, stdout } = await temporal(['wattbandit', '--help']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Usage: temporal wattbandit ') });
  });
});
