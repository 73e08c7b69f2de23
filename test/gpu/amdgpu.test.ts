import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAmdgpu } from '../../activities/gpu/amdgpu';
import { describeGpuDriver } from '../activities/gpuDriverContract';

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

const board = {
  vendor: '0x1002',
  device: '0x740f',
  product_name: 'AMD Instinct MI210',
  unique_id: '9246a1b2c3d4e5f6',
  'hwmon/hwmon3/power1_cap': '300000000',
  'hwmon/hwmon3/power1_cap_min': '100000000',
  'hwmon/hwmon3/power1_cap_max': '300000000',
  'hwmon/hwmon3/power1_cap_default': '290000000',
  'hwmon/hwmon3/power1_average': '42000000',
};
type Files = Readonly<Record<string, string | undefined>>;

/** As the kernel does it: the device is a link to its place on the bus. */
function createCards(...cards: readonly Files[]) {
  const root = mkdtempSync(path.join(tmpdir(), 'wattbandit-drm-'));
  roots.push(root);
  mkdirSync(path.join(root, 'card0-DP-1'));
  cards.forEach((files, i) => {
    const device = path.join(root, 'devices', `0000:0${i}:00.0`);
    mkdirSync(path.join(device, 'hwmon/hwmon3'), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      if (text !== undefined) writeFileSync(path.join(device, name), `${text}\n`);
    }
    mkdirSync(path.join(root, `card${i}`));
    symlinkSync(device, path.join(root, `card${i}`, 'device'));
  });
  return root;
}

const second = { ...board, unique_id: '9246ffffffffffff' };
const uuid = 'AMD-9246a1b2c3d4e5f6';

describeGpuDriver('amdgpu', async () => createAmdgpu({ root: createCards(board, second) }));

describe('createAmdgpu', () => {
  it('describes what a GPU is and what is in force', async () => {
    expect(await createAmdgpu({ root: createCards(board) }).describe()).toEqual([
      {
        uuid,
        model: 'AMD Instinct MI210',
        limits: { minWatts: 100, maxWatts: 300, currentWatts: 300, defaultWatts: 290 },
        energy: 'integrated',
      },
    ]);
  });

  it('writes whole microwatts', async () => {
    const root = createCards(board);
    await createAmdgpu({ root }).setPowerLimit(uuid, 150.25);
    expect(readFileSync(path.join(root, 'card0/device/hwmon/hwmon3/power1_cap'), 'utf8')).toMatch(/^150250000/);
  });

  it('names a board without a serial number by its place on the bus, and without a name by its number', async () => {
    const root = createCards({ ...board, unique_id: undefined, product_name: '' });
    expect((await createAmdgpu({ root }).describe())[0]).toMatchObject({
      uuid: 'AMD-0000:00:00.0',
      model: 'AMD 0x740f',
    });
  });

  it('does not go below half of the highest limit where the lowest is said to be 0 W', async () => {
    const root = createCards({ ...board, 'hwmon/hwmon3/power1_cap_min': '0' });
    const [gpu] = await createAmdgpu({ root }).list();
    expect(gpu!.powerLimitsWatts[0]).toBe(150);
    await expect(createAmdgpu({ root }).setPowerLimit(uuid, 0)).rejects.toMatchObject({ kind: 'outOfRange' });
  });

  it('passes over other makes, and boards without limits with the reason', async () => {
    const root = createCards({ ...board, vendor: '0x10de' }, { ...second, 'hwmon/hwmon3/power1_cap': undefined });
    expect(await createAmdgpu({ root }).list()).toEqual([]);
    expect(await createAmdgpu({ root }).describe()).toEqual([
      expect.objectContaining({
        uuid: 'AMD-9246ffffffffffff',
        unusable: expect.stringContaining('no settable power limit'),
      }),
    ]);
    expect(await createAmdgpu({ root: '/nowhere' }).list()).toEqual([]);
  });

  it('tells how to get permission to write', async () => {
    const root = createCards(board);
    const file = path.join(root, 'card0/device/hwmon/hwmon3/power1_cap');
    const driver = createAmdgpu({ root });
    chmodSync(file, 0o444);
    if (process.getuid?.() === 0) return; // root may write anything
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringMatching(/to 150 W: this process may not write .*power1_cap; .*udev/),
    });
  });

  it('notices sensors that went away', async () => {
    const root = createCards(board);
    const driver = createAmdgpu({ root });
    await driver.list();
    rmSync(path.join(root, 'devices/0000:00:00.0/hwmon'), { recursive: true });
    await expect(driver.powerLimitWatts(uuid)).rejects.toMatchObject({ kind: 'lost' });
    expect((await driver.describe())[0]!.unusable).toContain('no sensors');
  });
});
