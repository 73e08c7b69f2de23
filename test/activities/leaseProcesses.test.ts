/** Leases held by real processes that are really killed. Whatever died, the limits are the prior ones in the end. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { journalPath } from '../../activities/gpu/lease/journal';
import { listLeases, recoverAll } from '../../activities/gpu/lease/recover';
import { withPowerLease } from '../../activities/gpu/lease/withPowerLease';
import { type FileGpus, createFileGpus } from '../support/fileGpus';
import type { HolderOrders } from '../support/leaseHolder';
import { type Holder, sentinelsOf, startHolder, until } from '../support/leaseHolders';

const support = resolve(__dirname, '..', 'support');
const prior = [300, 280];
let gpus: FileGpus;
let directory: string;
let holders: Holder[];

beforeEach(() => {
  gpus = createFileGpus(prior);
  directory = mkdtempSync(join(tmpdir(), 'lease-'));
  holders = [];
});

afterEach(() => {
  for (const holder of holders) holder.process.kill('SIGKILL');
});

function start(orders: Partial<HolderOrders> = {}): Holder {
  const driver = { kind: 'module', path: join(support, 'fileGpus.ts'), options: gpus.path } as const;
  const defaults = { driver, directory, uuids: gpus.uuids, watts: [200, 150], runId: 'run-1', sentinel: false };
  const holder = startHolder({ ...defaults, ...orders });
  holders.push(holder);
  return holder;
}

const sentinels = () => sentinelsOf(directory);
const sentinelsGone = () =>
  until(
    () => sentinels().length === 0,
    () => 'the sentinels to end',
  );
const limits = () => gpus.uuids.map((uuid) => gpus.limit(uuid));
const journals = () => readdirSync(directory).filter((file) => !file.endsWith('.lock'));
const isAllBack = () => journals().length === 0 && limits().join() === prior.join();
const allBack = () =>
  until(isAllBack, () => `limits ${prior.join()}: they are ${limits().join()}, with ${journals().join()}`);

describe('a lease held by another process', () => {
  it('keeps a second holder out, says who it is, and ends with SIGTERM in good order', async () => {
    const first = start({ sentinel: true });
    await first.hears('set');
    const second = start({ runId: 'run-2', uuids: ['GPU-1'] });
    await once(second.process, 'close');
    expect(second.said).toEqual([
      { name: 'GpuBusy', failed: expect.stringContaining(`run run-1 (process ${first.process.pid})`) },
    ]);
    expect(limits()).toEqual([150, 150]);
    expect(sentinels()).toHaveLength(1);

    await first.end('SIGTERM');
    expect(first.said.slice(-2)).toMatchObject([[{ kind: 'restored' }, { kind: 'restored' }], 'ended']);
    expect(isAllBack()).toBe(true);
    await sentinelsGone();
  });

  it('is found and put back by the next start, when it was killed without a sentinel', async () => {
    const holder = start();
    await holder.hears('set');
    expect(await recoverAll(directory, gpus.driver)).toEqual([]);
    await holder.end('SIGKILL');
    expect(limits()).toEqual([150, 150]);
    expect(await listLeases(directory)).toMatchObject([
      { uuid: 'GPU-0', held: false, originalWatts: 300, oursWatts: [200, 150] },
      { uuid: 'GPU-1', held: false, originalWatts: 280, oursWatts: [200, 150] },
    ]);
    expect(await recoverAll(directory, gpus.driver)).toMatchObject([{ kind: 'restored' }, { kind: 'restored' }]);
    expect(isAllBack()).toBe(true);
  });

  it('is put back by the next lease, when nobody recovered', async () => {
    const holder = start();
    await holder.hears('set');
    await holder.end('SIGKILL');
    await withPowerLease(gpus.driver, gpus.uuids, { runId: 'run-2', directory }, async (lease) => {
      expect(limits()).toEqual(prior);
      await lease.setPowerLimit(100);
    });
    expect(isAllBack()).toBe(true);
  });

  it('is put back when it was killed between the two GPUs of one change', async () => {
    const holder = start({ watts: [200], stallAt: 'GPU-1' });
    await holder.hears('stalled');
    await holder.end('SIGKILL');
    expect(limits()).toEqual([200, 280]);
    expect(await recoverAll(directory, gpus.driver)).toMatchObject([{ kind: 'restored' }, { kind: 'already' }]);
    expect(isAllBack()).toBe(true);
  });

  it('is put back by the next start, when worker and sentinel were killed', async () => {
    const holder = start({ sentinel: true });
    await holder.hears('set');
    for (const pid of sentinels()) process.kill(pid, 'SIGSTOP');
    await holder.end('SIGKILL');
    for (const pid of sentinels()) process.kill(pid, 'SIGKILL');
    await sentinelsGone();
    expect(limits()).toEqual([150, 150]);
    expect(await recoverAll(directory, gpus.driver)).toMatchObject([{ kind: 'restored' }, { kind: 'restored' }]);
    expect(isAllBack()).toBe(true);
  });

  it('gets another sentinel when one is killed, and SIGTERM does not end one', async () => {
    const holder = start({ sentinel: true });
    await holder.hears('set');
    const [first] = sentinels();
    process.kill(first!, 'SIGTERM');
    process.kill(first!, 'SIGINT');
    await sleep(100);
    expect(sentinels()).toEqual([first]);
    process.kill(first!, 'SIGKILL');
    await until(
      () => sentinels().some((pid) => pid !== first),
      () => 'another sentinel',
    );
    await holder.end('SIGKILL');
    await allBack();
    await sentinelsGone();
  });

  it('is put back by the sentinel once the driver answers again', async () => {
    const holder = start({ sentinel: true });
    await holder.hears('set');
    gpus.lose('GPU-0');
    gpus.refuse('GPU-1', 2);
    await holder.end('SIGKILL');
    await until(
      () => !existsSync(journalPath(directory, 'GPU-1')),
      () => 'GPU-1',
    );
    expect(gpus.limit('GPU-0')).toBe(150);
    gpus.find('GPU-0');
    await allBack();
    await sentinelsGone();
  });

  it('is handed to the sentinel when the driver is away at its end', async () => {
    const holder = start({ sentinel: true });
    await holder.hears('set');
    gpus.lose('GPU-0');
    await holder.end('SIGTERM');
    expect(holder.said.slice(-2)).toMatchObject([[{ kind: 'kept', uuid: 'GPU-0' }, { kind: 'restored' }], 'ended']);
    gpus.find('GPU-0');
    await allBack();
    await sentinelsGone();
  });

  it('leaves to an administrator what he set, also in the sentinel', async () => {
    const holder = start({ sentinel: true });
    await holder.hears('set');
    gpus.move('GPU-0', 222);
    await holder.end('SIGKILL');
    await until(
      () => journals().join() === 'GPU-0.foreign',
      () => 'the journal aside',
    );
    expect(limits()).toEqual([222, 280]);
  });

  it('ends with its process, when that hangs', async () => {
    const holder = start({ sentinel: true, hang: true, hungAfterSeconds: 1 });
    await holder.hears('set');
    const [, signal] = await once(holder.process, 'close');
    expect(signal).toBe('SIGKILL');
    await allBack();
    await sentinelsGone();
  });

  it('does not end while its process is only busy', async () => {
    const holder = start({ sentinel: true, hungAfterSeconds: 1 });
    await holder.hears('set');
    await sleep(2000);
    expect(limits()).toEqual([150, 150]);
    await holder.end('SIGTERM');
    expect(isAllBack()).toBe(true);
  });

  it('does not begin with a sentinel that cannot work', async () => {
    const nowhere = { kind: 'module', path: join(support, 'nowhere.ts') } as const;
    const holder = start({ sentinel: true, sentinelDriver: nowhere });
    await once(holder.process, 'close');
    expect(holder.said).toEqual([
      { name: 'Error', failed: expect.stringMatching(/^Cannot guard GPUs GPU-0, GPU-1 .*nowhere\.ts/) },
    ]);
    expect(gpus.sets()).toEqual([]);
  });
});
