import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NvmlHost, createNvmlHost, openNvmlHost } from '../support/nvmlStub';

describe('createNvmlHost', () => {
  let host: NvmlHost;
  beforeEach(() => {
    host = createNvmlHost([{}, { defaultWatts: 200 }]);
  });
  afterEach(() => host.remove());

  it('shows the same GPUs to nvidia-smi', () => {
    const out = execFileSync(host.nvidiaSmiPath, ['--query-gpu=uuid,power.limit', '--format=csv,noheader,nounits']);
    expect(out.toString()).toBe(`${host.uuids[0]}, 250.00\n${host.uuids[1]}, 200.00\n`);
  });

  it('keeps a limit after the process that set it is gone, and logs the set', () => {
    const [first, second] = host.uuids;
    execFileSync(host.nvidiaSmiPath, ['-i', second!, '-pl', '150.5']);
    expect(host.truth(second!).limitWatts).toBe(150.5);
    expect(host.truth(first!).limitWatts).toBe(250);
    expect(host.sets()).toEqual([
      { uuid: second, watts: 150.5, code: 0, pid: expect.any(Number), atSeconds: expect.any(Number) },
    ]);
    expect(openNvmlHost(host.directory).truth(second!).limitWatts).toBe(150.5);
  });

  it('forgets limits when no process uses the driver and persistence is off', () => {
    const [uuid] = host.uuids;
    host.setMode(uuid!, { persistence: false });
    execFileSync(host.nvidiaSmiPath, ['-i', uuid!, '-pl', '150']);
    expect(host.truth(uuid!).limitWatts).toBe(250);
  });

  it('draws by its curve', () => {
    const [uuid] = host.uuids;
    host.setLoad(uuid!, 1);
    host.setLimit(uuid!, 150);
    host.skip(1);
    const before = host.truth(uuid!);
    host.skip(3600);
    const after = host.truth(uuid!);
    expect(after.drawWatts).toBeCloseTo(13 + 0.87 * 150, 6);
    expect(after.joules - before.joules).toBeGreaterThanOrEqual(3600 * 143.4);
    expect(after.joules - before.joules).toBeLessThan(3601 * 143.6);
    expect(after.throughput).toBeCloseTo(0.8407, 4);
  });

  it('draws part of the time under a load with a period', () => {
    const [uuid] = host.uuids;
    host.setLoad(uuid!, 1, { periodSeconds: 0.2, duty: 0.25 });
    const before = host.truth(uuid!).joules;
    host.skip(1000);
    expect((host.truth(uuid!).joules - before) / 1000).toBeCloseTo(40 + 0.25 * (222 - 40), 0);
  });

  it('fails as often as told', () => {
    const [uuid] = host.uuids;
    const set = () => execFileSync(host.nvidiaSmiPath, ['-i', uuid!, '-pl', '150'], { stdio: 'pipe' });
    host.inject({ call: 'SetPowerManagementLimit', uuid: uuid!, code: 4, times: 1 });
    expect(set).toThrow(expect.objectContaining({ status: 4 }));
    expect(set().toString()).toContain('was set to 150.00 W from 250.00 W');
  });

  it('outlives processes that are killed while they use it', async () => {
    const hammer = `
      const { openNvml } = require(${JSON.stringify(path.resolve('activities/gpu/nvml.ts'))});
      openNvml({ library: process.argv[1] }).then(async (driver) => {
        const gpus = await driver.list();
        console.log('ready');
        for (;;) for (const { uuid } of gpus) await driver.setPowerLimit(uuid, 100 + Math.round(100 * Math.random())).catch(() => {});
      });`;
    const args = ['--require', path.resolve('test/support/register.js'), '--eval', hammer, host.libraryPath];
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    for (const child of children) {
      await sleep(50);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const sets = host.sets();
    expect(new Set(sets.map(({ pid }) => pid)).size).toBe(4);
    for (const uuid of host.uuids) {
      const made = sets.filter((set) => set.uuid === uuid && set.code === 0).map(({ watts }) => watts);
      // A kill between the log and the set leaves the log one ahead.
      expect(made.slice(-2)).toContain(host.truth(uuid).limitWatts);
    }
  });
});
