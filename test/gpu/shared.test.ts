import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GpuHolder, holdByLease } from '../../activities/gpu/hold';
import { leaveOutShared } from '../../activities/gpu/leaveOutShared';
import { openNvml } from '../../activities/gpu/nvml';
import { sharedBecause } from '../../activities/gpu/report';
import { type NvmlHost, createNvmlHost } from '../support/nvmlStub';

describe('sharedBecause', () => {
  it.each([undefined, 0])('has nothing against %p programs', (processes) =>
    expect(sharedBecause({ uuid: 'GPU-1', processes })).toBeUndefined(),
  );

  it('says who is there and what to do', () => {
    expect(sharedBecause({ uuid: 'GPU-1', processes: 1 })).toMatch(
      /^a program of others .*nvidia-smi -i GPU-1 .*allowShared/,
    );
    expect(sharedBecause({ uuid: 'GPU-1', processes: 3 })).toMatch(/^3 programs of others compute/);
  });
});

describe('leaveOutShared', () => {
  let host: NvmlHost;
  let inner: GpuHolder;
  let holder: GpuHolder;
  beforeEach(async () => {
    host = createNvmlHost([{}, {}]);
    const driver = await openNvml({ library: host.libraryPath });
    inner = holdByLease(driver, { directory: mkdtempSync(path.join(tmpdir(), 'leases-')) });
    holder = leaveOutShared(inner, driver);
    host.setMode(host.uuids[0]!, { processes: 1 });
  });
  afterEach(() => host.remove());

  const hold = (by: GpuHolder, uuid: string) => by.hold({ runId: 'run-1', gpuUuids: [uuid] }, async () => 'trained');

  it('takes a GPU on which others compute for held, until they end', async () => {
    expect([...(await inner.held())]).toEqual([]);
    expect([...(await holder.held())]).toEqual([host.uuids[0]]);
    host.setMode(host.uuids[0]!, { processes: 0 });
    expect([...(await holder.held())]).toEqual([]);
  });

  it('refuses to hold it, as busy, and lets it go', async () => {
    await expect(hold(holder, host.uuids[0]!)).rejects.toMatchObject({
      name: 'GpuBusy',
      message: expect.stringContaining('a program of others'),
    });
    expect([...(await inner.held())]).toEqual([]);
    await expect(hold(inner, host.uuids[0]!)).resolves.toBe('trained');
  });

  it('does not mind the programs of a run on its own GPU, nor others elsewhere', async () => {
    const own = host.uuids[1]!;
    const held = await holder.hold({ runId: 'run-1', gpuUuids: [own] }, async (power) => {
      host.setMode(own, { processes: 4 });
      await power.setPowerLimit(150);
      return [...(await holder.held())];
    });
    expect(held.toSorted()).toEqual(host.uuids);
  });
});
