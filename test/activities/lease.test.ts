import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDurably } from '../../activities/gpu/lease/durably';
import { currentBootId } from '../../activities/gpu/lease/host';
import { journalPath } from '../../activities/gpu/lease/journal';
import { type Restored, isAlarming, sayRestored } from '../../activities/gpu/lease/outcome';
import type { PowerLease } from '../../activities/gpu/lease/powerLease';
import { listLeases, recoverAll } from '../../activities/gpu/lease/recover';
import { type LeaseOptions, withPowerLease } from '../../activities/gpu/lease/withPowerLease';
import type { LeaseRecord } from '../../policy/facts';
import { type FileGpus, createFileGpus } from '../support/fileGpus';

const prior = [300, 280];
let gpus: FileGpus;
let directory: string;
let reported: Restored[];
let recorded: readonly LeaseRecord[];

beforeEach(() => {
  gpus = createFileGpus(prior);
  directory = mkdtempSync(join(tmpdir(), 'lease-'));
  reported = [];
  recorded = [];
});

function hold<T>(work: (lease: PowerLease) => Promise<T>, options: Partial<LeaseOptions> = {}, uuids = gpus.uuids) {
  const report = (restored: readonly Restored[]) => void reported.push(...restored);
  const record = (leases: readonly LeaseRecord[]) => {
    recorded = leases;
  };
  return withPowerLease(gpus.driver, uuids, { runId: 'run-1', directory, report, record, ...options }, work);
}

const limits = () => gpus.uuids.map((uuid) => gpus.limit(uuid));
const kinds = () => reported.map(({ kind }) => kind);
const journals = () => readdirSync(directory).filter((file) => !file.endsWith('.lock'));

function expectAllBack() {
  expect(limits()).toEqual(prior);
  expect(journals()).toEqual([]);
}

describe('withPowerLease', () => {
  it('sets one limit on all GPUs and puts each one’s own back', async () => {
    const answer = await hold(async (lease) => {
      expect(await lease.setPowerLimit(200)).toEqual({ kind: 'set', watts: 200 });
      expect(limits()).toEqual([200, 200]);
      await lease.setPowerLimit(150);
      return 'trained';
    });
    expect(answer).toBe('trained');
    expect(reported).toEqual([
      { kind: 'restored', uuid: 'GPU-0', watts: 300, fromWatts: 150 },
      { kind: 'restored', uuid: 'GPU-1', watts: 280, fromWatts: 150 },
    ]);
    const outcome = { setWatts: [200, 150], outcome: 'restored' };
    expect(recorded).toEqual([
      { gpuUuid: 'GPU-0', priorWatts: 300, watts: 300, ...outcome },
      { gpuUuid: 'GPU-1', priorWatts: 280, watts: 280, ...outcome },
    ]);
    expectAllBack();
  });

  it('puts the limits back when the work fails, and fails as the work did', async () => {
    const failure = hold(async (lease) => {
      await lease.setPowerLimit(200);
      throw new Error('out of memory');
    });
    await expect(failure).rejects.toThrow('out of memory');
    expectAllBack();
  });

  it('writes down the prior limit before the first change, and never another', async () => {
    await hold(async (lease) => {
      await lease.setPowerLimit(200);
      await lease.setPowerLimit(100);
      expect(JSON.parse(readFileSync(journalPath(directory, 'GPU-1'), 'utf8'))).toMatchObject({
        version: 1,
        uuid: 'GPU-1',
        bootId: await currentBootId(),
        originalWatts: 280,
        oursWatts: [200, 100],
        pid: process.pid,
        runId: 'run-1',
      });
    });
    expectAllBack();
  });

  it('changes nothing, and writes nothing, where the limit is in force already', async () => {
    await hold((lease) => lease.setPowerLimit(300), {}, ['GPU-0']);
    expect(gpus.sets()).toEqual([]);
    expect(reported).toEqual([]);
    expect(recorded).toEqual([{ gpuUuid: 'GPU-0', setWatts: [], outcome: 'untouched' }]);
  });

  it.each([
    [1000, 300],
    [-5, 100],
    [123.4567, 123.457],
  ])('clamps %d W to what the hardware takes: %d W', async (asked, inForce) => {
    await hold(async (lease) => expect(await lease.setPowerLimit(asked)).toEqual({ kind: 'set', watts: inForce }));
    expectAllBack();
  });

  it('clamps to what the site allows', async () => {
    const site = { minWatts: 150, maxWatts: 250 };
    await hold(
      async (lease) => {
        expect(await lease.setPowerLimit(100)).toEqual({ kind: 'set', watts: 150 });
        expect(await lease.setPowerLimit(300)).toEqual({ kind: 'set', watts: 250 });
      },
      { site },
    );
    expectAllBack();
  });

  it('refuses a site that allows nothing the hardware takes, a GPU that is not there, and what is no number', async () => {
    await expect(hold(async () => {}, { site: { maxWatts: 50 } })).rejects.toThrow(/at most 50 W/);
    await expect(hold(async () => {}, {}, ['GPU-9'])).rejects.toThrow('Cannot lease GPU GPU-9');
    await expect(hold((lease) => lease.setPowerLimit(Number.NaN))).rejects.toThrow('NaN W');
    expectAllBack();
  });

  it('changes no GPU when one of two refuses', async () => {
    gpus.refuse('GPU-1', 1);
    await hold(async (lease) => {
      await expect(lease.setPowerLimit(200)).rejects.toThrow('GPU-1 refuses 200 W');
      expect(limits()).toEqual(prior);
      await lease.setPowerLimit(250);
      gpus.refuse('GPU-0', 1);
      await expect(lease.setPowerLimit(200)).rejects.toThrow('GPU-0 refuses 200 W');
      expect(limits()).toEqual([250, 250]);
    });
    expectAllBack();
  });

  it('does not believe a set that does not read back', async () => {
    const deaf = { ...gpus.driver, setPowerLimit: async () => {} };
    const failure = withPowerLease(deaf, ['GPU-0'], { runId: 'run-1', directory }, (lease) => lease.setPowerLimit(200));
    await expect(failure).rejects.toThrow('to 200 W: it reads back 300 W');
    expectAllBack();
  });

  it('puts back what a driver rounded', async () => {
    const { driver } = gpus;
    const rounding = {
      ...driver,
      setPowerLimit: (uuid: string, watts: number) => driver.setPowerLimit(uuid, Math.floor(watts)),
    };
    await withPowerLease(rounding, gpus.uuids, { runId: 'run-1', directory }, async (lease) => {
      expect(await lease.setPowerLimit(200.7)).toEqual({ kind: 'set', watts: 200 });
    });
    expectAllBack();
  });

  it('tries again while the driver refuses to restore', async () => {
    await hold(async (lease) => {
      await lease.setPowerLimit(200);
      gpus.refuse('GPU-0', 3);
    });
    expect(kinds()).toEqual(['restored', 'restored']);
    expectAllBack();
  });

  it('keeps the journal of a GPU that is lost at the end, and the result of the work', async () => {
    const answer = await hold(async (lease) => {
      await lease.setPowerLimit(200);
      gpus.lose('GPU-0');
      return 'trained';
    });
    expect(answer).toBe('trained');
    expect(kinds()).toEqual(['kept', 'restored']);
    const why = expect.stringContaining('is lost');
    expect(recorded[0]).toEqual({ gpuUuid: 'GPU-0', priorWatts: 300, setWatts: [200], outcome: 'kept', why });
    expect(journals()).toEqual(['GPU-0.json']);

    await expect(hold(async () => {}, {}, ['GPU-0'])).rejects.toThrow(
      'Cannot put back the power limit of GPU GPU-0 yet: GPU GPU-0 is lost',
    );
    gpus.find('GPU-0');
    await hold(async () => {}, {}, ['GPU-0']);
    expectAllBack();
  });

  it('leaves alone what an administrator set meanwhile, and says so', async () => {
    await hold(async (lease) => {
      await lease.setPowerLimit(200);
      gpus.move('GPU-0', 222);
      expect(await lease.setPowerLimit(150)).toEqual({ kind: 'foreign', uuid: 'GPU-0', watts: 222 });
      expect(limits()).toEqual([222, 200]);
    });
    expect(reported[0]).toEqual({ kind: 'foreign', uuid: 'GPU-0', watts: 222, originalWatts: 300 });
    expect(recorded[0]).toEqual({
      gpuUuid: 'GPU-0',
      priorWatts: 300,
      setWatts: [200],
      outcome: 'foreign',
      watts: 222,
    });
    expect(limits()).toEqual([222, 280]);
    expect(journals()).toEqual(['GPU-0.foreign']);
  });

  it('restores after a change that nobody awaited, and takes none afterwards', async () => {
    let kept: PowerLease | undefined;
    await hold(async (lease) => {
      kept = lease;
      void lease.setPowerLimit(200);
      await lease.setPowerLimit(150);
      void lease.setPowerLimit(100).catch(() => {});
    });
    expectAllBack();
    await expect(kept!.setPowerLimit(200)).rejects.toThrow('the lease has ended');
    expectAllBack();
  });

  it('names the holder to a second one, and lets it in afterwards', async () => {
    await hold(async () => {
      const second = hold(async () => {}, { runId: 'run-2' }, ['GPU-1']);
      await expect(second).rejects.toMatchObject({
        name: 'GpuBusy',
        uuid: 'GPU-1',
        message: expect.stringContaining(`run run-1 (process ${process.pid})`),
      });
    });
    await hold(async () => {}, { runId: 'run-2' }, ['GPU-1']);
  });

  it('gives back the GPUs it has when another is busy', async () => {
    await hold(
      async () => {
        await expect(hold(async () => {})).rejects.toThrow('GPU-1');
        await hold(async () => {}, {}, ['GPU-0']);
      },
      {},
      ['GPU-1'],
    );
  });

  it('changes nothing when the disk is full, at the first journal or the second', async () => {
    for (const journalsWritten of [0, 1, 2]) {
      let left = journalsWritten;
      const writeFile = async (path: string, text: string) => {
        if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        left -= 1;
        await writeDurably(path, text);
      };
      await hold(
        async (lease) => {
          if (journalsWritten === 2) await lease.setPowerLimit(250);
          await expect(lease.setPowerLimit(200)).rejects.toThrow(
            /Cannot set the power limit of GPU .* to 200 W: .*ENOSPC/,
          );
          expect(limits()).toEqual(journalsWritten === 2 ? [250, 250] : prior);
        },
        { writeFile },
      );
      expectAllBack();
    }
  });

  it('does not lease in a directory where anybody may plant a journal', async () => {
    chmodSync(directory, 0o777);
    await expect(hold(async () => {})).rejects.toThrow(`Cannot keep leases in ${directory}`);
  });
});

describe('recoverAll', () => {
  const journal = {
    version: 1,
    uuid: 'GPU-0',
    originalWatts: 300,
    oursWatts: [200],
    pid: 1,
    pidStartedAt: '1',
    at: '2026-01-01T00:00:00.000Z',
    runId: 'dead',
  };

  async function leaveJournal(text: string | object) {
    const given =
      typeof text === 'string' ? text : JSON.stringify({ ...journal, bootId: await currentBootId(), ...text });
    writeFileSync(journalPath(directory, 'GPU-0'), given);
  }

  it('puts back what a dead holder left', async () => {
    await leaveJournal({});
    gpus.move('GPU-0', 200);
    expect(await recoverAll(directory, gpus.driver)).toEqual([
      { kind: 'restored', uuid: 'GPU-0', watts: 300, fromWatts: 200 },
    ]);
    expectAllBack();
  });

  it('leaves the leases of the living alone', async () => {
    await hold(async (lease) => {
      await lease.setPowerLimit(200);
      expect(await recoverAll(directory, gpus.driver)).toEqual([]);
      expect(limits()).toEqual([200, 200]);
    });
    expectAllBack();
  });

  it('has nothing to do twice, nor without a directory', async () => {
    await leaveJournal({});
    expect(await recoverAll(directory, gpus.driver)).toEqual([{ kind: 'already', uuid: 'GPU-0', watts: 300 }]);
    expect(await recoverAll(directory, gpus.driver)).toEqual([]);
    expect(await recoverAll(join(directory, 'nowhere'), gpus.driver)).toEqual([]);
  });

  it('drops the journal of another boot', async () => {
    await leaveJournal({ bootId: 'another' });
    gpus.move('GPU-0', 200);
    expect(await recoverAll(directory, gpus.driver)).toEqual([{ kind: 'rebooted', uuid: 'GPU-0' }]);
    expect(limits()[0]).toBe(200);
    expect(journals()).toEqual([]);
  });

  it.each([
    ['torn', '{"version":1,"uuid":"GPU-0","originalWa'],
    ['empty', ''],
    ['of another GPU', { uuid: 'GPU-1' }],
    ['without the prior limit', { originalWatts: null }],
    ['of another version', { version: 2 }],
  ])('guesses nothing from a journal that is %s', async (_, text) => {
    await leaveJournal(text);
    gpus.move('GPU-0', 200);
    const path = join(directory, 'GPU-0.bad');
    expect(await recoverAll(directory, gpus.driver)).toEqual([{ kind: 'bad', uuid: 'GPU-0', path }]);
    expect(limits()[0]).toBe(200);
    expect(journals()).toEqual(['GPU-0.bad']);
  });

  it('keeps the journal of a GPU that this host does not show', async () => {
    await leaveJournal({});
    gpus.lose('GPU-0');
    const [outcome] = await recoverAll(directory, gpus.driver);
    expect(outcome).toMatchObject({ kind: 'kept', reason: 'GPU GPU-0 is lost' });
    expect(isAlarming(outcome!)).toBe(true);
    expect(sayRestored(outcome!)).toBe('Cannot put back the power limit of GPU GPU-0 yet: GPU GPU-0 is lost');
    expect(journals()).toEqual(['GPU-0.json']);
  });

  it('is the first thing the next lease does', async () => {
    await leaveJournal({});
    gpus.move('GPU-0', 200);
    await hold(async (lease) => {
      expect(limits()[0]).toBe(300);
      await lease.setPowerLimit(150);
    });
    expect(kinds()).toEqual(['restored', 'restored', 'restored']);
    const debt = { gpuUuid: 'GPU-0', setWatts: [], outcome: 'restored', watts: 300, debt: true };
    expect(recorded).toEqual([debt, expect.anything(), expect.anything()]);
    expectAllBack();
  });
});

describe('listLeases', () => {
  it('shows who holds what since when, and what the dead left', async () => {
    expect(await listLeases(join(directory, 'nowhere'))).toEqual([]);
    await hold(async (lease) => {
      expect(await listLeases(directory)).toMatchObject([
        { uuid: 'GPU-0', held: true, holder: { runId: 'run-1' }, originalWatts: undefined, oursWatts: [] },
        { uuid: 'GPU-1', held: true },
      ]);
      await lease.setPowerLimit(200);
      const holder = expect.objectContaining({ pid: process.pid, runId: 'run-1', at: expect.stringMatching(/Z$/) });
      expect(await listLeases(directory)).toEqual([
        { uuid: 'GPU-0', held: true, holder, originalWatts: 300, oursWatts: [200] },
        { uuid: 'GPU-1', held: true, holder, originalWatts: 280, oursWatts: [200] },
      ]);
    });
    expect(await listLeases(directory)).toEqual([]);
    writeFileSync(journalPath(directory, 'GPU-1'), 'torn');
    expect(await listLeases(directory)).toMatchObject([{ uuid: 'GPU-1', held: false, originalWatts: undefined }]);
  });
});

/** A file system of a few pages, where the tests may mount one. */
function mountTiny(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'tiny-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k,mode=700', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

const tiny = mountTiny();
afterAll(() => tiny && execFileSync('umount', [tiny]));

(tiny === undefined ? describe.skip : describe)('withPowerLease on a real file system', () => {
  const at = tiny ?? '';

  it('changes nothing when the disk fills up, and still restores what it changed before', async () => {
    await hold(
      async (lease) => {
        await lease.setPowerLimit(200);
        expect(() => writeFileSync(join(at, 'filler'), Buffer.alloc(65536))).toThrow('ENOSPC');
        await expect(lease.setPowerLimit(150)).rejects.toThrow('ENOSPC');
        expect(limits()[0]).toBe(200);
      },
      { directory: at },
      ['GPU-0'],
    );
    expect(kinds()).toEqual(['restored']);
    expect(limits()).toEqual(prior);
    expect(readdirSync(at).sort()).toEqual(['GPU-0.lock', 'filler']);
  });

  it('says so and changes nothing when the directory is read-only', async () => {
    execFileSync('mount', ['-o', 'remount,ro', at]);
    await expect(hold((lease) => lease.setPowerLimit(200), { directory: at })).rejects.toThrow(/Cannot .*EROFS/);
    execFileSync('mount', ['-o', 'remount,rw', at]);
    expect(limits()).toEqual(prior);
  });
});

(process.getuid?.() === 0 ? describe.skip : describe)('withPowerLease as an ordinary user', () => {
  it('says so and changes nothing when the directory is read-only', async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    await expect(hold((lease) => lease.setPowerLimit(200), { directory: closed })).rejects.toThrow(/Cannot .*EACCES/);
    expect(existsSync(journalPath(closed, 'GPU-0'))).toBe(false);
    expect(limits()).toEqual(prior);
  });
});
