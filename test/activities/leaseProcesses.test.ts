/** Leases held by real processes that are really killed. Whatever died, the limits are the prior ones in the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { journalPath } from '../../activities/gpu/lease/journal';
import { listLeases, recoverAll } from '../../activities/gpu/lease/recover';
import { withPowerLease } from '../../activities/gpu/lease/withPowerLease';
import { type FileGpus, createFileGpus } from '../support/fileGpus';
import type { HolderOrders } from '../support/leaseHolder';

const support = resolve(__dirname, '..', 'support');
const prior = [300, 280];
let gpus: FileGpus;
let directory: string;
let processes: ChildProcess[];

beforeEach(() => {
  gpus = createFileGpus(prior);
  directory = mkdtempSync(join(tmpdir(), 'lease-'));
  processes = [];
});

afterEach(() => {
  for (const child of processes) child.kill('SIGKILL');
});

interface Holder {
  readonly process: ChildProcess;
  /** What it reported, in order. */
  readonly said: unknown[];
  hears(what: unknown): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
}

function startHolder(orders: Partial<HolderOrders> = {}): Holder {
  const defaults = { directory, uuids: gpus.uuids, watts: [200, 150], runId: 'run-1', sentinel: false };
  const driver = { kind: 'module', path: join(support, 'fileGpus.ts'), options: gpus.path };
  const argument = JSON.stringify({ ...defaults, driver, ...orders });
  const script = ['--require', join(support, 'register.js'), join(support, 'leaseHolder.ts'), argument];
  const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'ignore'] });
  processes.push(child);
  const said: unknown[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)));
  return {
    process: child,
    said,
    hears: (what) =>
      until(
        () => said.includes(what),
        () => `${JSON.stringify(what)} in ${JSON.stringify(said)}`,
      ),
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

async function until(holds: () => boolean, what: () => string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`Cannot wait any longer for ${what()}`);
    await sleep(2);
  }
}

const limits = () => gpus.uuids.map((uuid) => gpus.limit(uuid));
const journals = () => readdirSync(directory).filter((file) => !file.endsWith('.lock'));
const isAllBack = () => journals().length === 0 && limits().join() === prior.join();
const allBack = () =>
  until(isAllBack, () => `limits ${prior.join()}: they are ${limits().join()}, with ${journals().join()}`);

/** Those whose orders name this test's directory. */
function sentinels(): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      const command = existsSync(file) ? readOrEmpty(file) : '';
      return /sentinel\.ts\0/.test(command) && command.includes(directory);
    })
    .map(Number);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const sentinelsGone = () =>
  until(
    () => sentinels().length === 0,
    () => 'the sentinels to end',
  );

describe('a lease held by another process', () => {
  it('keeps a second holder out, says who it is, and ends with SIGTERM in good order', async () => {
    const first = startHolder({ sentinel: true });
    await first.hears('set');
    const second = startHolder({ runId: 'run-2', uuids: ['GPU-1'] });
    await once(second.process, 'exit');
    expect(second.said).toEqual([
      { name: 'GpuBusy', failed: expect.stringContaining(`run run-1 (process ${first.process.pid})`) },
    ]);
    expect(limits()).toEqual([150, 150]);
    expect(sentinels()).toHaveLength(1);

    await first.end('SIGTERM');
    expect(first.said.at(-1)).toMatchObject([{ kind: 'restored' }, { kind: 'restored' }]);
    expect(isAllBack()).toBe(true);
    await sentinelsGone();
  });

  it('is found and put back by the next start, when it was killed without a sentinel', async () => {
    const holder = startHolder();
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
    const holder = startHolder();
    await holder.hears('set');
    await holder.end('SIGKILL');
    await withPowerLease(gpus.driver, gpus.uuids, { runId: 'run-2', directory }, async (lease) => {
      expect(limits()).toEqual(prior);
      await lease.setPowerLimit(100);
    });
    expect(isAllBack()).toBe(true);
  });

  it('is put back when it was killed between the two GPUs of one change', async () => {
    const holder = startHolder({ watts: [200], stallAt: 'GPU-1' });
    await holder.hears('stalled');
    await holder.end('SIGKILL');
    expect(limits()).toEqual([200, 280]);
    expect(await recoverAll(directory, gpus.driver)).toMatchObject([{ kind: 'restored' }, { kind: 'already' }]);
    expect(isAllBack()).toBe(true);
  });

  it('is put back by the next start, when worker and sentinel were killed', async () => {
    const holder = startHolder({ sentinel: true });
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
    const holder = startHolder({ sentinel: true });
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
    const holder = startHolder({ sentinel: true });
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
    const holder = startHolder({ sentinel: true });
    await holder.hears('set');
    gpus.lose('GPU-0');
    await holder.end('SIGTERM');
    expect(holder.said.at(-1)).toMatchObject([{ kind: 'kept', uuid: 'GPU-0' }, { kind: 'restored' }]);
    gpus.find('GPU-0');
    await allBack();
    await sentinelsGone();
  });

  it('leaves to an administrator what he set, also in the sentinel', async () => {
    const holder = startHolder({ sentinel: true });
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
    const holder = startHolder({ sentinel: true, hang: true, hungAfterSeconds: 1 });
    await holder.hears('set');
    const [, signal] = await once(holder.process, 'exit');
    expect(signal).toBe('SIGKILL');
    await allBack();
    await sentinelsGone();
  });

  it('does not end while its process is only busy', async () => {
    const holder = startHolder({ sentinel: true, hungAfterSeconds: 1 });
    await holder.hears('set');
    await sleep(2000);
    expect(limits()).toEqual([150, 150]);
    await holder.end('SIGTERM');
    expect(isAllBack()).toBe(true);
  });

  it('does not begin with a sentinel that cannot work', async () => {
    const nowhere = { kind: 'module', path: join(support, 'nowhere.ts') } as const;
    const holder = startHolder({ sentinel: true, sentinelDriver: nowhere });
    await once(holder.process, 'exit');
    expect(holder.said).toEqual([
      { name: 'Error', failed: expect.stringMatching(/^Cannot guard GPUs GPU-0, GPU-1 .*nowhere\.ts/) },
    ]);
    expect(gpus.sets()).toEqual([]);
  });
});

describe('a lease whose process is killed at any moment', () => {
  const kills = 12;

  it(`is put back by its sentinel, ${kills} times of ${kills}`, async () => {
    const milliseconds: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const holder = startHolder({ sentinel: true, cycle: true });
      await holder.hears('set');
      // Somewhere within journals, sets and readings of two GPUs.
      await sleep(Math.random() * 50);
      const killedAt = performance.now();
      holder.process.kill('SIGKILL');
      await allBack();
      milliseconds.push(performance.now() - killedAt);
    }
    milliseconds.sort((a, b) => a - b);
    const quantile = (q: number) => Math.round(milliseconds[Math.ceil(q * kills) - 1]!);
    console.log(JSON.stringify({ kills, restored: milliseconds.length, p50Ms: quantile(0.5), p99Ms: quantile(0.99) }));
    await sentinelsGone();
  });
});
