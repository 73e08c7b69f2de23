/** The lease on NVML's interface: a pretended driver whose limits outlive every process, as a real one's do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recoverAll } from '../../activities/gpu/lease/recover';
import { openNvml } from '../../activities/gpu/nvml';
import { buildCli } from '../support/cli';
import type { HolderOrders } from '../support/leaseHolder';
import { type Holder, sentinelsOf, startHolder, until } from '../support/leaseHolders';
import { type NvmlHost, createNvmlHost } from '../support/nvmlStub';

const prior = [240, 230];
const noPermission = 4;
const root = resolve(__dirname, '..', '..');
let host: NvmlHost;
let directory: string;
let holders: Holder[];

beforeEach(() => {
  host = createNvmlHost([{}, {}]);
  host.uuids.forEach((uuid, i) => host.setLimit(uuid, prior[i]!));
  directory = mkdtempSync(join(tmpdir(), 'lease-'));
  holders = [];
});

afterEach(() => {
  for (const holder of holders) holder.process.kill('SIGKILL');
  host.remove();
});

function start(orders: Partial<HolderOrders> = {}): Holder {
  const driver = { kind: 'nvml', library: host.libraryPath } as const;
  const defaults = { driver, directory, uuids: host.uuids, watts: [200, 150], runId: 'run-1', sentinel: true };
  const holder = startHolder({ ...defaults, ...orders }, host.env);
  holders.push(holder);
  return holder;
}

const limits = () => host.uuids.map((uuid) => host.truth(uuid).limitWatts);
const journals = () => readdirSync(directory).filter((file) => !file.endsWith('.lock'));
const isAllBack = () => journals().length === 0 && limits().join() === prior.join();
const allBack = () =>
  until(isAllBack, () => `limits ${prior.join()}: they are ${limits().join()}, with ${journals().join()}`);
const sentinelsGone = () =>
  until(
    () => sentinelsOf(directory).length === 0,
    () => 'the sentinels to end',
  );

/** Each GPU's last set that worked is its prior limit. */
function expectPriorSetLast() {
  const done = host.sets().filter(({ code }) => code === 0);
  host.uuids.forEach((uuid, i) => expect(done.findLast((set) => set.uuid === uuid)?.watts).toBe(prior[i]));
}

describe('a lease of GPUs by NVML', () => {
  const kills = 12;

  it(`is put back by its sentinel whenever its process is killed, ${kills} times of ${kills}`, async () => {
    const milliseconds: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const holder = start({ cycle: true });
      await holder.hears('set');
      // Somewhere within journals, sets and readings of two GPUs.
      await sleep(Math.random() * 50);
      const killedAt = performance.now();
      holder.process.kill('SIGKILL');
      await allBack();
      milliseconds.push(performance.now() - killedAt);
    }
    expectPriorSetLast();
    milliseconds.sort((a, b) => a - b);
    const quantile = (q: number) => Math.round(milliseconds[Math.ceil(q * kills) - 1]!);
    console.log(JSON.stringify({ kills, restored: milliseconds.length, p50Ms: quantile(0.5), p99Ms: quantile(0.99) }));
    await sentinelsGone();
  });

  it('is put back when it is killed at any moment of its beginning', async () => {
    for (let kill = 0; kill < 4; kill += 1) {
      const holder = start();
      await sleep(150 + Math.random() * 400);
      await holder.end('SIGKILL');
      await sentinelsGone();
      expect([...limits(), ...journals()]).toEqual(prior);
    }
  });

  it('is put back when it is killed within a set of a slow driver', async () => {
    host.inject({ call: 'SetPowerManagementLimit', delaySeconds: 0.3 });
    const holder = start({ watts: [200] });
    await until(
      () => journals().length === 2,
      () => 'journals',
    );
    await sleep(100);
    expect(host.sets()).toEqual([]);
    await holder.end('SIGKILL');
    await sentinelsGone();
    expect([...limits(), ...journals()]).toEqual(prior);
  });

  it('changes nothing without the permission to', async () => {
    host.inject({ call: 'SetPowerManagementLimit', code: noPermission });
    const holder = start();
    await once(holder.process, 'close');
    expect(holder.said.at(-1)).toMatchObject({ failed: expect.stringContaining('Cannot set the power limit of GPU') });
    expect(isAllBack()).toBe(true);
    await sentinelsGone();
  });

  it('leaves the default of a driver that was reloaded to the administrator', async () => {
    const holder = start();
    await holder.hears('set');
    host.reloadDriver();
    await holder.end('SIGKILL');
    await until(
      () => journals().every((file) => file.endsWith('.foreign')),
      () => 'journals aside',
    );
    expect(limits()).toEqual([250, 250]);
    await sentinelsGone();
  });

  it('is put back by the next start when the whole host’s processes were killed', async () => {
    const holder = start();
    await holder.hears('set');
    for (const pid of sentinelsOf(directory)) process.kill(pid, 'SIGKILL');
    holder.process.kill('SIGKILL');
    await once(holder.process, 'close');
    await sentinelsGone();
    expect(limits()).toEqual([150, 150]);
    await recoverAll(directory, await openNvml({ library: host.libraryPath }));
    expect(isAllBack()).toBe(true);
    expectPriorSetLast();
  });

  it('is guarded as compiled too', async () => {
    await buildCli();
    const { uuids, libraryPath: library } = host;
    const options = { directory, runId: 'run-1', sentinel: { driver: { kind: 'nvml', library } } };
    const script = `
      const { withPowerLease } = require('./dist/activities/gpu/lease/withPowerLease');
      const { openNvml } = require('./dist/activities/gpu/nvml');
      openNvml(${JSON.stringify({ library })}).then((driver) =>
        withPowerLease(driver, ${JSON.stringify(uuids)}, ${JSON.stringify(options)}, async (lease) => {
          await lease.setPowerLimit(150);
          process.kill(process.pid, 'SIGKILL');
        }),
      );`;
    const child = spawn(process.execPath, ['-e', script], { cwd: root, env: { ...process.env, ...host.env } });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    await allBack();
    expectPriorSetLast();
    await sentinelsGone();
  });
});
