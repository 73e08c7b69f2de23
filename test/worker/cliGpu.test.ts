/** `wattbandit gpu` and the GPUs of `doctor`, as compiled, on a pretended driver whose limits outlive every process. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildCli, runCli, startCli } from '../support/cli';
import type { HolderOrders } from '../support/leaseHolder';
import { type Holder, startHolder, until } from '../support/leaseHolders';
import { type NvmlHost, createNvmlHost } from '../support/nvmlStub';
import { startZeusdFake } from '../support/zeusdFake';

beforeAll(buildCli, 120_000);

const prior = 240;
const noPermission = 4;
const gpuIsLost = 15;
let host: NvmlHost;
let first: string;
let second: string;
let directory: string;
let leases: string;
let holders: Holder[];

beforeEach(() => {
  host = createNvmlHost([{}, {}]);
  [first, second] = host.uuids as [string, string];
  for (const uuid of host.uuids) host.setLimit(uuid, prior);
  directory = mkdtempSync(join(tmpdir(), 'wattbandit-cli-gpu-'));
  leases = join(directory, 'leases');
  holders = [];
});

afterEach(() => {
  for (const holder of holders) holder.process.kill('SIGKILL');
  host.remove();
  rmSync(directory, { recursive: true, force: true });
});

const gpuEnv = () => ({ ...host.env, WATTBANDIT_LEASES: leases });
const gpu = (...args: readonly string[]) => runCli(['gpu', ...args], gpuEnv());
const limit = (uuid: string) => host.truth(uuid).limitWatts;
const filesLeft = () => readdirSync(leases).filter((file) => !file.endsWith('.lock'));
const jsonOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout);

/** A run in a process of its own that has set its limits. */
async function holding(uuid: string, orders: Partial<HolderOrders> = {}): Promise<Holder> {
  const driver = { kind: 'nvml', library: host.libraryPath } as const;
  const defaults = { driver, directory: leases, uuids: [uuid], watts: [150], runId: 'run-1', sentinel: false };
  const holder = startHolder({ ...defaults, ...orders }, host.env);
  holders.push(holder);
  await holder.hears('set');
  return holder;
}

/** Killed with whatever would have put its limits back. */
async function killed(uuid: string, orders: Partial<HolderOrders> = {}): Promise<void> {
  await (await holding(uuid, orders)).end('SIGKILL');
  expect(limit(uuid)).toBe(150);
}

describe('gpu list', () => {
  it('tells each GPU, its limits, its holder, and the driver', async () => {
    host.setMode(second, { persistence: false, processes: 2, outOfBandWatts: 200 });
    const { process: child } = await holding(first);
    const ended = await gpu('list', '--json');
    expect(ended.code).toBe(0);
    const { drivers, gpus } = jsonOf(ended);
    expect(drivers).toMatchObject([
      { driver: 'zeusd', used: false, remark: expect.stringContaining('does not answer') },
      { driver: 'nvml', used: true },
    ]);
    const range = { minWatts: 100, maxWatts: 250, defaultWatts: 250, energy: 'counter', driver: 'nvml' };
    const lease = { held: true, runId: 'run-1', pid: child.pid, originalWatts: prior };
    expect(gpus).toMatchObject([
      {
        uuid: first,
        ...range,
        limitWatts: 150,
        enforcedWatts: 150,
        persistence: true,
        state: 'held',
        lease,
        reason: null,
      },
      {
        uuid: second,
        ...range,
        // Without persistence it fell back to its default.
        limitWatts: 250,
        enforcedWatts: 200,
        persistence: false,
        processes: 2,
        state: 'shared',
      },
    ]);
    expect(gpus[1].reason).toMatch(/2 programs of others .*allowShared/);
  });

  it('prints a line for each GPU, and why a run may not have it', async () => {
    const mig = createNvmlHost([{ migSupported: true }, { limitSupported: false }]);
    mig.setMode(mig.uuids[0]!, { mig: true });
    const { code, stdout, stderr } = await runCli(['gpu', 'list'], { ...mig.env, WATTBANDIT_LEASES: leases });
    mig.remove();
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${mig.uuids[0]} .*100–250 W .* on .* unusable$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^GPU ${mig.uuids[0]}: MIG is on, .*-mig 0`, 'm'));
    expect(stdout).toMatch(new RegExp(`^GPU ${mig.uuids[1]}: it has no settable power limit`, 'm'));
    expect(stderr).toContain('nvml is not used');
  });

  it('ends with 4 where there is no GPU, saying why each driver finds none', async () => {
    for (const args of [['list'], ['watch']]) {
      const { code, stdout, stderr } = await runCli(['gpu', ...args], { WATTBANDIT_LEASES: leases });
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
      for (const kind of ['zeusd', 'nvml', 'amdgpu', 'nvidiaSmi']) expect(stderr).toContain(`${kind} is not used: `);
      expect(stderr).not.toMatch(/^ +at /m);
    }
    const ended = await runCli(['gpu', 'list', '--json'], { WATTBANDIT_LEASES: leases });
    expect(jsonOf(ended)).toMatchObject({ gpus: [], drivers: { length: 4 } });
  });

  it('takes the driver, and where it is, by option or environment', async () => {
    const zeusd = await startZeusdFake(host, { token: 'secret' });
    const nowhere = { WATTBANDIT_LEASES: leases };
    const lib = `nvml:${host.libraryPath}`;
    const driverOf = (ended: { stdout: string }) => jsonOf(ended).gpus.map((row: { driver: string }) => row.driver);
    const [byPlace, byEnvironment, byProgram, byDaemon] = await Promise.all([
      runCli(['gpu', 'list', '--json', '--driver', lib], nowhere),
      runCli(['gpu', 'list', '--json'], { ...nowhere, WATTBANDIT_GPU_DRIVER: lib }),
      runCli(['gpu', 'list', '--json', '--driver', `nvidiaSmi:${host.nvidiaSmiPath}`], gpuEnv()),
      runCli(['gpu', 'list', '--json', '--zeusd-token', 'env:TOKEN'], {
        ...gpuEnv(),
        ZEUSD_SOCK_PATH: zeusd.socketPath,
        TOKEN: 'secret',
      }),
    ]);
    await zeusd.stop();
    expect([byPlace, byEnvironment, byProgram, byDaemon].map(driverOf)).toEqual([
      ['nvml', 'nvml'],
      ['nvml', 'nvml'],
      ['nvidiaSmi', 'nvidiaSmi'],
      ['zeusd', 'zeusd'],
    ]);
    expect((await gpu('list', '--driver', 'cuda')).code).toBe(2);
    expect((await gpu('list', '--zeusd-token', 'secret')).code).toBe(2);
  });
});

describe('gpu watch', () => {
  it('goes on past a GPU that stops answering, and tells what each draws, until Ctrl-C', async () => {
    host.setLoad(first, 1);
    const child = startCli(['gpu', 'watch', '--every', '0.5s', '-o', 'jsonl'], gpuEnv());
    const rows: Record<string, unknown>[] = [];
    createInterface({ input: child.stdout! }).on('line', (line) => rows.push(JSON.parse(line)));
    const of = (uuid: string) => rows.filter((row) => row['uuid'] === uuid);
    const seen = (holds: () => boolean) => until(holds, () => JSON.stringify(rows.slice(-4)));
    await seen(() => of(first).length >= 3);
    expect(of(first)[0]).toMatchObject({ limitWatts: prior, enforcedWatts: prior, drawWatts: null, state: 'free' });
    const { drawWatts } = host.truth(first);
    // The counter ticks every 0.1 s of 0.5 s.
    expect(Math.abs(Number(of(first)[2]!['drawWatts']) - drawWatts)).toBeLessThan(0.25 * drawWatts);

    host.inject({ call: '*', uuid: second, code: gpuIsLost });
    await seen(() => of(second).at(-1)?.['state'] === 'unusable');
    const before = of(first).length;
    await seen(() => of(first).length >= before + 2);
    expect(of(second).at(-1)).toMatchObject({ limitWatts: null, drawWatts: null, reason: expect.stringMatching(/./) });
    host.clearFaults();
    await seen(() => of(second).at(-1)?.['limitWatts'] === prior);

    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });

  it('prints plain lines where stdout is no terminal', async () => {
    const child = startCli(['gpu', 'watch', '--every', '0.2s'], gpuEnv());
    const lines: string[] = [];
    createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
    await until(
      () => lines.length >= 4,
      () => lines.join('\n'),
    );
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(lines[2]).toMatch(new RegExp(`^\\S+Z  GPU ${first}  limit 240 W  enforced 240 W  draw \\d+ W  state free$`));
    expect(lines.join('')).not.toContain('\u001b');
    expect((await gpu('watch', '--json')).code).toBe(2);
  });
});

describe('gpu restore', () => {
  it('puts back what a dead run left, and leaves a living one its limit', async () => {
    await killed(first);
    await holding(second, { runId: 'run-2' });
    const ended = await gpu('restore', '--json');
    expect(ended.code).toBe(0);
    expect(jsonOf(ended).gpus).toMatchObject([
      { kind: 'restored', uuid: first, watts: prior, fromWatts: 150 },
      { kind: 'held', uuid: second, runId: 'run-2', pid: holders[1]!.process.pid },
    ]);
    expect([limit(first), limit(second)]).toEqual([prior, 150]);
    const again = await gpu('restore', '--all');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^GPU \S+: run run-2 \(process \d+\) holds it and puts its limit back itself\.$/m);
    await holders[1]!.end('SIGTERM');
    expect([limit(second), filesLeft()]).toEqual([prior, []]);
  });

  it('needs neither GPU nor directory where nothing is to be done', async () => {
    const { code, stdout, stderr } = await runCli(['gpu', 'restore'], { WATTBANDIT_LEASES: leases });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('No power limit is to be put back');
    expect(readdirSync(directory)).toEqual([]);
  });

  it("leaves an administrator's change alone, unless told by name to put it back", async () => {
    await killed(first);
    host.setLimit(first, 180);
    const told = await gpu('restore');
    expect(told.code).toBe(9);
    expect(told.stdout).toContain('somebody set 180 W meanwhile, which stays');
    expect(told.stdout).toContain(`gpu restore --force ${first}`);
    expect([limit(first), filesLeft()]).toEqual([180, [`${first}.foreign`]]);
    // It is settled: a timer does not alarm for ever, who asks by name hears it again.
    expect((await gpu('restore')).code).toBe(0);
    expect((await gpu('restore', first)).code).toBe(9);
    expect((await gpu('restore', '--force')).code).toBe(2);
    const foreseen = await gpu('restore', '--force', '--dry-run', first);
    expect(foreseen.stdout).toContain('would put the power limit back from 180 W to 240 W');
    expect(limit(first)).toBe(180);
    expect((await gpu('restore', '--force', first)).code).toBe(0);
    expect([limit(first), filesLeft()]).toEqual([prior, []]);
  });

  it('does not force a limit on a GPU that a living run holds', async () => {
    await killed(first);
    host.setLimit(first, 180);
    await gpu('restore');
    await holding(first, { runId: 'run-2', watts: [120] });
    const { code, stdout } = await gpu('restore', '--force', first);
    expect(code).toBe(0);
    expect(stdout).toContain('run run-2');
    expect(limit(first)).toBe(120);
  });

  it('only says what it would do with --dry-run', async () => {
    await killed(first);
    const { code, stdout } = await gpu('restore', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('would put the power limit back from 150 W to 240 W');
    expect([limit(first), filesLeft()]).toEqual([150, [`${first}.json`]]);
  });

  it('ends with 6 while the driver refuses, and tries again', async () => {
    await killed(first);
    host.inject({ call: 'SetPowerManagementLimit', code: noPermission });
    const refused = await gpu('restore', '-o', 'none');
    expect(refused).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining('Cannot put back the power limit'),
    });
    expect(filesLeft()).toEqual([`${first}.json`]);
    host.clearFaults();
    expect((await gpu('restore')).code).toBe(0);
    expect([limit(first), filesLeft()]).toEqual([prior, []]);
  });

  it('keeps the debt while no driver reaches the GPU, and drops it after a restart of the host', async () => {
    await killed(first);
    const nowhere = { WATTBANDIT_LEASES: leases };
    const away = await runCli(['gpu', 'restore', first], nowhere);
    expect(away).toMatchObject({ code: 6, stdout: expect.stringContaining('no driver reaches a GPU') });
    const journal = join(leases, `${first}.json`);
    writeFileSync(journal, JSON.stringify({ ...JSON.parse(readFileSync(journal, 'utf8')), bootId: 'another' }));
    const rebooted = await runCli(['gpu', 'restore', first], nowhere);
    expect(rebooted).toMatchObject({ code: 0, stdout: expect.stringContaining('the host restarted') });
    expect(filesLeft()).toEqual([]);
  });

  it('puts back the limit of a GPU that no run may use any more', async () => {
    host.remove();
    host = createNvmlHost([{ migSupported: true }]);
    [first] = host.uuids as [string];
    await killed(first);
    host.setMode(first, { mig: true });
    expect((await gpu('restore')).code).toBe(0);
    expect(limit(first)).toBe(250);
  });

  it('acts on no journal that anybody may have written', async () => {
    await killed(first);
    chmodSync(leases, 0o777);
    const { code, stderr } = await gpu('restore');
    expect(code).toBe(3);
    expect(stderr).toContain('chmod o-w');
    expect(limit(first)).toBe(150);
  });

  it('ends with 4 for a GPU that no run ever leased', async () => {
    const { code, stderr } = await gpu('restore', 'GPU-typo');
    expect(code).toBe(4);
    expect(stderr).toContain('Cannot put back the power limit of GPU GPU-typo: no run ever leased it');
  });
});

describe('doctor', () => {
  interface Check {
    readonly check: string;
    readonly state: string;
    readonly detail: string;
    readonly fix: string | null;
  }
  const checks = async (env: NodeJS.ProcessEnv): Promise<(name: string) => Check | undefined> => {
    const all: Check[] = jsonOf(await runCli(['doctor', '--address', '127.0.0.1:1', '--json'], env)).checks;
    return (name) => all.find(({ check }) => check.startsWith(name));
  };

  it('has a line for each GPU, with what is to be mended', async () => {
    host.setMode(second, { persistence: false, processes: 1, outOfBandWatts: 200 });
    const find = await checks(gpuEnv());
    expect(find('GPUs')?.detail).toMatch(/zeusd is not used: .* nvml is used/);
    expect(find(`GPU ${first}`)).toMatchObject({
      state: 'pass',
      detail: expect.stringMatching(
        /V100.* 100 to 250 W, limit 240 W \(default 250 W, enforced 240 W\), energy counter, persistence on/,
      ),
    });
    const { state, detail, fix } = find(`GPU ${second}`)!;
    expect(state).toBe('warn');
    expect(detail).toMatch(/persistence off.*program of others.*limit is lost.*caps it at 200 W/);
    expect(fix).toMatch(/allowShared.*nvidia-persistenced.*BMC/);
    expect(find('Power leases')).toMatchObject({ state: 'pass' });
    host.inject({ call: '*', uuid: second, code: gpuIsLost });
    expect((await checks(gpuEnv()))('GPU index 1')).toMatchObject({ state: 'fail', fix: expect.stringMatching(/./) });
  });

  it('tells debts of dead runs, limits left to others, and a directory that is open to all', async () => {
    await killed(first);
    await killed(second);
    host.setLimit(second, 180);
    await gpu('restore', second);
    chmodSync(leases, 0o777);
    const find = await checks(gpuEnv());
    expect(find(`Lease of ${first}`)).toMatchObject({
      state: 'warn',
      detail: expect.stringMatching(/run run-1 .* is gone .* 240 W/),
      fix: 'wattbandit gpu restore',
    });
    expect(find(`Lease of ${second}`)).toMatchObject({ state: 'warn', fix: expect.stringContaining('--force') });
    expect(find('Power leases')).toMatchObject({ state: 'fail', fix: expect.stringContaining('chmod o-w') });
  });

  it('passes where there is no GPU', async () => {
    mkdirSync(leases);
    const find = await checks({ WATTBANDIT_LEASES: leases });
    expect(find('GPUs')).toMatchObject({ state: 'pass', detail: 'no GPU here; simulation works' });
    expect([find('GPU '), find('Power leases')]).toEqual([undefined, undefined]);
  });
});
