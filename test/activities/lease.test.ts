import { chmodSync, readFileSync } from 'node:fs';
import { writeDurably } from '../../activities/gpu/lease/durably';
import { currentBootId } from '../../activities/gpu/lease/host';
import { journalPath } from '../../activities/gpu/lease/journal';
import type { PowerLease } from '../../activities/gpu/lease/powerLease';
import { withPowerLease } from '../../activities/gpu/lease/withPowerLease';
import { LeaseBench, prior } from './leaseBench';

let bench: LeaseBench;
beforeEach(() => {
  bench = new LeaseBench();
});

describe('withPowerLease', () => {
  it('sets one limit on all GPUs and puts each one’s own back', async () => {
    const answer = await bench.hold(async (lease) => {
      expect(await lease.setPowerLimit(200)).toEqual({ kind: 'set', watts: 200 });
      expect(bench.limits()).toEqual([200, 200]);
      await lease.setPowerLimit(150);
      return 'trained';
    });
    expect(answer).toBe('trained');
    expect(bench.reported).toEqual([
      { kind: 'restored', uuid: 'GPU-0', watts: 300, fromWatts: 150 },
      { kind: 'restored', uuid: 'GPU-1', watts: 280, fromWatts: 150 },
    ]);
    const outcome = { setWatts: [200, 150], outcome: 'restored' };
    expect(bench.recorded).toEqual([
      { gpuUuid: 'GPU-0', priorWatts: 300, watts: 300, ...outcome },
      { gpuUuid: 'GPU-1', priorWatts: 280, watts: 280, ...outcome },
    ]);
    bench.expectAllBack();
  });

  it('puts the limits back when the work fails, and fails as the work did', async () => {
    const failure = bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      throw new Error('out of memory');
    });
    await expect(failure).rejects.toThrow('out of memory');
    bench.expectAllBack();
  });

  it('writes down the prior limit before the first change, and never another', async () => {
    await bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      await lease.setPowerLimit(100);
      expect(JSON.parse(readFileSync(journalPath(bench.directory, 'GPU-1'), 'utf8'))).toMatchObject({
        version: 1,
        uuid: 'GPU-1',
        bootId: await currentBootId(),
        originalWatts: 280,
        oursWatts: [200, 100],
        pid: process.pid,
        runId: 'run-1',
      });
    });
    bench.expectAllBack();
  });

  it('changes nothing, and writes nothing, where the limit is in force already', async () => {
    await bench.hold((lease) => lease.setPowerLimit(300), {}, ['GPU-0']);
    expect(bench.gpus.sets()).toEqual([]);
    expect(bench.reported).toEqual([]);
    expect(bench.recorded).toEqual([{ gpuUuid: 'GPU-0', setWatts: [], outcome: 'untouched' }]);
  });

  it.each([
    [1000, 300],
    [-5, 100],
    [123.4567, 123.457],
  ])('clamps %d W to what the hardware takes: %d W', async (asked, inForce) => {
    await bench.hold(async (lease) =>
      expect(await lease.setPowerLimit(asked)).toEqual({ kind: 'set', watts: inForce }),
    );
    bench.expectAllBack();
  });

  it('clamps to what the site allows', async () => {
    const site = { minWatts: 150, maxWatts: 250 };
    await bench.hold(
      async (lease) => {
        expect(await lease.setPowerLimit(100)).toEqual({ kind: 'set', watts: 150 });
        expect(await lease.setPowerLimit(300)).toEqual({ kind: 'set', watts: 250 });
      },
      { site },
    );
    bench.expectAllBack();
  });

  it('refuses a site that allows nothing the hardware takes, a GPU that is not there, and what is no number', async () => {
    await expect(bench.hold(async () => {}, { site: { maxWatts: 50 } })).rejects.toThrow(/at most 50 W/);
    await expect(bench.hold(async () => {}, {}, ['GPU-9'])).rejects.toThrow('Cannot lease GPU GPU-9');
    await expect(bench.hold((lease) => lease.setPowerLimit(Number.NaN))).rejects.toThrow('NaN W');
    bench.expectAllBack();
  });

  it('changes no GPU when one of two refuses', async () => {
    bench.gpus.refuse('GPU-1', 1);
    await bench.hold(async (lease) => {
      await expect(lease.setPowerLimit(200)).rejects.toThrow('GPU-1 refuses 200 W');
      expect(bench.limits()).toEqual(prior);
      await lease.setPowerLimit(250);
      bench.gpus.refuse('GPU-0', 1);
      await expect(lease.setPowerLimit(200)).rejects.toThrow('GPU-0 refuses 200 W');
      expect(bench.limits()).toEqual([250, 250]);
    });
    bench.expectAllBack();
  });

  it('does not believe a set that does not read back', async () => {
    const deaf = { ...bench.gpus.driver, setPowerLimit: async () => {} };
    const failure = withPowerLease(deaf, ['GPU-0'], { runId: 'run-1', directory: bench.directory }, (lease) =>
      lease.setPowerLimit(200),
    );
    await expect(failure).rejects.toThrow('to 200 W: it reads back 300 W');
    bench.expectAllBack();
  });

  it('puts back what a driver rounded', async () => {
    const { driver } = bench.gpus;
    const rounding = {
      ...driver,
      setPowerLimit: (uuid: string, watts: number) => driver.setPowerLimit(uuid, Math.floor(watts)),
    };
    await withPowerLease(rounding, bench.gpus.uuids, { runId: 'run-1', directory: bench.directory }, async (lease) => {
      expect(await lease.setPowerLimit(200.7)).toEqual({ kind: 'set', watts: 200 });
    });
    bench.expectAllBack();
  });

  it('tries again while the driver refuses to restore', async () => {
    await bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      bench.gpus.refuse('GPU-0', 3);
    });
    expect(bench.kinds()).toEqual(['restored', 'restored']);
    bench.expectAllBack();
  });

  it('keeps the journal of a GPU that is lost at the end, and the result of the work', async () => {
    const answer = await bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      bench.gpus.lose('GPU-0');
      return 'trained';
    });
    expect(answer).toBe('trained');
    expect(bench.kinds()).toEqual(['kept', 'restored']);
    const why = expect.stringContaining('is lost');
    expect(bench.recorded[0]).toEqual({ gpuUuid: 'GPU-0', priorWatts: 300, setWatts: [200], outcome: 'kept', why });
    expect(bench.journals()).toEqual(['GPU-0.json']);

    await expect(bench.hold(async () => {}, {}, ['GPU-0'])).rejects.toThrow(
      'Cannot put back the power limit of GPU GPU-0 yet: GPU GPU-0 is lost',
    );
    bench.gpus.find('GPU-0');
    await bench.hold(async () => {}, {}, ['GPU-0']);
    bench.expectAllBack();
  });

  it('leaves alone what an administrator set meanwhile, and says so', async () => {
    await bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      bench.gpus.move('GPU-0', 222);
      expect(await lease.setPowerLimit(150)).toEqual({ kind: 'foreign', uuid: 'GPU-0', watts: 222 });
      expect(bench.limits()).toEqual([222, 200]);
    });
    expect(bench.reported[0]).toEqual({ kind: 'foreign', uuid: 'GPU-0', watts: 222, originalWatts: 300 });
    expect(bench.recorded[0]).toEqual({
      gpuUuid: 'GPU-0',
      priorWatts: 300,
      setWatts: [200],
      outcome: 'foreign',
      watts: 222,
    });
    expect(bench.limits()).toEqual([222, 280]);
    expect(bench.journals()).toEqual(['GPU-0.foreign']);
  });

  it('restores after a change that nobody awaited, and takes none afterwards', async () => {
    let kept: PowerLease | undefined;
    await bench.hold(async (lease) => {
      kept = lease;
      void lease.setPowerLimit(200);
      await lease.setPowerLimit(150);
      void lease.setPowerLimit(100).catch(() => {});
    });
    bench.expectAllBack();
    await expect(kept!.setPowerLimit(200)).rejects.toThrow('the lease has ended');
    bench.expectAllBack();
  });

  it('names the holder to a second one, and lets it in afterwards', async () => {
    await bench.hold(async () => {
      const second = bench.hold(async () => {}, { runId: 'run-2' }, ['GPU-1']);
      await expect(second).rejects.toMatchObject({
        name: 'GpuBusy',
        uuid: 'GPU-1',
        message: expect.stringContaining(`run run-1 (process ${process.pid})`),
      });
    });
    await bench.hold(async () => {}, { runId: 'run-2' }, ['GPU-1']);
  });

  it('gives back the GPUs it has when another is busy', async () => {
    await bench.hold(
      async () => {
        await expect(bench.hold(async () => {})).rejects.toThrow('GPU-1');
        await bench.hold(async () => {}, {}, ['GPU-0']);
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
      await bench.hold(
        async (lease) => {
          if (journalsWritten === 2) await lease.setPowerLimit(250);
          await expect(lease.setPowerLimit(200)).rejects.toThrow(
            /Cannot set the power limit of GPU .* to 200 W: .*ENOSPC/,
          );
          expect(bench.limits()).toEqual(journalsWritten === 2 ? [250, 250] : prior);
        },
        { writeFile },
      );
      bench.expectAllBack();
    }
  });

  it('does not lease in a directory where anybody may plant a journal', async () => {
    chmodSync(bench.directory, 0o777);
    await expect(bench.hold(async () => {})).rejects.toThrow(`Cannot keep leases in ${bench.directory}`);
  });
});
