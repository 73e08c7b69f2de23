/** Leases where the file system refuses: full, read-only, of somebody else. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalPath } from '../../activities/gpu/lease/journal';
import { LeaseBench, prior } from './leaseBench';

let bench: LeaseBench;
beforeEach(() => {
  bench = new LeaseBench();
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

// Only root may mount one.
(tiny === undefined ? describe.skip : describe)('withPowerLease on a real file system', () => {
  const at = tiny ?? '';

  it('changes nothing when the disk fills up, and still restores what it changed before', async () => {
    await bench.hold(
      async (lease) => {
        await lease.setPowerLimit(200);
        expect(() => writeFileSync(join(at, 'filler'), Buffer.alloc(65536))).toThrow('ENOSPC');
        await expect(lease.setPowerLimit(150)).rejects.toThrow('ENOSPC');
        expect(bench.limits()[0]).toBe(200);
      },
      { directory: at },
      ['GPU-0'],
    );
    expect(bench.kinds()).toEqual(['restored']);
    expect(bench.limits()).toEqual(prior);
    expect(readdirSync(at).sort()).toEqual(['GPU-0.lock', 'filler']);
  });

  it('says so and changes nothing when the directory is read-only', async () => {
    execFileSync('mount', ['-o', 'remount,ro', at]);
    await expect(bench.hold((lease) => lease.setPowerLimit(200), { directory: at })).rejects.toThrow(/Cannot .*EROFS/);
    execFileSync('mount', ['-o', 'remount,rw', at]);
    expect(bench.limits()).toEqual(prior);
  });
});

// Root may write anywhere.
(process.getuid?.() === 0 ? describe.skip : describe)('withPowerLease as an ordinary user', () => {
  it('says so and changes nothing when the directory is read-only', async () => {
    const closed = join(bench.directory, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    await expect(bench.hold((lease) => lease.setPowerLimit(200), { directory: closed })).rejects.toThrow(
      /Cannot .*EACCES/,
    );
    expect(existsSync(journalPath(closed, 'GPU-0'))).toBe(false);
    expect(bench.limits()).toEqual(prior);
  });
});
