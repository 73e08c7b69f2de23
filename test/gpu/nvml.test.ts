import { setTimeout as sleep } from 'node:timers/promises';
import { openNvml } from '../../activities/gpu/nvml';
import { describeGpuDriver } from '../activities/gpuDriverContract';
import { type NvmlHost, type StubGpu, createNvmlHost } from '../support/nvmlStub';

const hosts: NvmlHost[] = [];
afterAll(() => hosts.forEach((host) => host.remove()));

async function openHost(gpus: readonly StubGpu[] = [{}]) {
  const host = createNvmlHost(gpus);
  hosts.push(host);
  const driver = await openNvml({ library: host.libraryPath });
  return { host, driver, uuid: host.uuids[0]! };
}

describeGpuDriver('NVML', async () => (await openHost([{}, { minWatts: 200, maxWatts: 700 }, {}])).driver);
describeGpuDriver('NVML without an energy counter', async () => (await openHost([{ energySupported: false }])).driver);

describe('openNvml', () => {
  it('describes what a GPU is and what is in force', async () => {
    const { host, driver, uuid } = await openHost([{ defaultWatts: 225 }]);
    host.setMode(uuid, { persistence: false, outOfBandWatts: 180, processes: 3 });
    expect(await driver.describe()).toEqual([
      {
        uuid,
        model: 'Tesla V100-PCIE-32GB',
        limits: { minWatts: 100, maxWatts: 250, currentWatts: 225, defaultWatts: 225, enforcedWatts: 180 },
        energy: 'counter',
        persistence: false,
        processes: 3,
      },
    ]);
  });

  it('tells what spoils a measurement: an out-of-band cap, heat, a brake', async () => {
    const { host, driver, uuid } = await openHost();
    host.setLoad(uuid, 1);
    host.setMode(uuid, { celsius: 71 });
    expect(await driver.condition(uuid)).toEqual({ enforcedWatts: 250, temperatureCelsius: 71, heldBack: false });
    host.setMode(uuid, { outOfBandWatts: 150 });
    expect(await driver.condition(uuid)).toMatchObject({ enforcedWatts: 150, heldBack: false });
    for (const clockEventBits of [0x8, 0x20, 0x40, 0x80]) {
      host.setMode(uuid, { clockEventBits });
      expect(await driver.condition(uuid)).toMatchObject({ heldBack: true });
    }
    host.setMode(uuid, { clockEventBits: 0x1 | 0x4 });
    expect(await driver.condition(uuid)).toMatchObject({ heldBack: false });
  });

  it('asks by the older name where a driver does not know the newer, and leaves out what neither tells', async () => {
    const { host, driver, uuid } = await openHost();
    host.setMode(uuid, { clockEventBits: 0x40 });
    host.inject({ call: 'GetCurrentClocksEventReasons', code: 13 });
    expect(await driver.condition(uuid)).toMatchObject({ heldBack: true });
    host.inject({ call: 'GetCurrentClocksThrottleReasons', code: 13 });
    host.inject({ call: 'GetTemperature', code: 3 });
    expect(await driver.condition(uuid)).toEqual({ enforcedWatts: 250 });
  });

  it('sets milliwatts exactly', async () => {
    const { host, driver, uuid } = await openHost();
    await driver.setPowerLimit(uuid, 150.25);
    expect(host.sets()).toEqual([expect.objectContaining({ uuid, watts: 150.25, code: 0, pid: process.pid })]);
  });

  it('refuses a GPU with MIG on, and says how to turn it off', async () => {
    const { host, driver, uuid } = await openHost([{ migSupported: true }, {}]);
    host.setMode(uuid, { mig: true });
    expect((await driver.list()).map((gpu) => gpu.uuid)).toEqual([host.uuids[1]]);
    const [report] = await driver.describe();
    expect(report).toMatchObject({ mig: true, unusable: expect.stringContaining(`nvidia-smi -i ${uuid} -mig 0`) });
    await driver.setPowerLimit(uuid, 250); // a lease that outlived the change must still restore
  });

  it('refuses a GPU without settable limits', async () => {
    const { driver, uuid } = await openHost([{ limitSupported: false }]);
    expect(await driver.list()).toEqual([]);
    expect(await driver.describe()).toEqual([
      expect.objectContaining({
        uuid,
        limits: undefined,
        unusable: expect.stringContaining('no settable power limit'),
      }),
    ]);
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('names the GPU, the watts, the meaning and the remedy when it may not set', async () => {
    const { host, driver, uuid } = await openHost();
    host.setPrivilege('unprivileged');
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toThrow(
      new RegExp(
        `^Cannot set the power limit of GPU ${uuid} to 150 W: this process may not .*; .*CAP_SYS_ADMIN.*zeusd`,
      ),
    );
    expect(await driver.powerLimitWatts(uuid)).toBe(250);
  });

  it.each([
    [2, 'outOfRange'],
    [3, 'unsupported'],
    [4, 'forbidden'],
    [10, 'unavailable'],
    [15, 'lost'],
    [18, 'unavailable'],
    [999, 'unavailable'],
    [77, 'unavailable'],
  ])('tells NVML %i on a set as %s', async (code, kind) => {
    const { host, driver, uuid } = await openHost();
    host.inject({ call: 'SetPowerManagementLimit', code });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({
      kind,
      message: expect.stringMatching(new RegExp(`^Cannot set .* GPU ${uuid} to 150 W: [^;]+; .+ \\(NVML ${code} from`)),
    });
  });

  it('notices a set that reported success and changed nothing', async () => {
    const { host, driver, uuid } = await openHost();
    host.inject({ call: 'SetPowerManagementLimit', code: -1 });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toThrow(/to 150 W: it reads 250 W after that/);
  });

  it('goes on after a reload of the driver', async () => {
    const { host, driver, uuid } = await openHost([{}, {}]);
    await driver.setPowerLimit(uuid, 150);
    host.reloadDriver();
    expect(await driver.powerLimitWatts(uuid)).toBe(250);
    await driver.setPowerLimit(host.uuids[1]!, 125);
    expect(host.truth(host.uuids[1]!).limitWatts).toBe(125);
  });

  it('lists the other GPUs when one is lost', async () => {
    const { host, driver, uuid } = await openHost([{}, {}]);
    expect(await driver.list()).toHaveLength(2);
    host.inject({ call: '*', uuid, code: 15 });
    expect((await driver.list()).map((gpu) => gpu.uuid)).toEqual([host.uuids[1]]);
    expect((await driver.describe())[0]!.unusable).toContain('the GPU is lost');
    await expect(driver.powerLimitWatts(uuid)).rejects.toMatchObject({ kind: 'lost' });
  });

  it('never stalls the event loop on a slow set', async () => {
    const { host, driver, uuid } = await openHost();
    host.inject({ call: 'SetPowerManagementLimit', delaySeconds: 0.15 });
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const set = driver.setPowerLimit(uuid, 150);
    const limit = driver.powerLimitWatts(uuid);
    await set;
    clearInterval(timer);
    // About 30 on an idle machine; 1 at most if the set, or the read behind it, held the loop.
    expect(turns).toBeGreaterThan(4);
    expect(await limit).toBe(150);
  });

  it('sets one limit after the other on one GPU', async () => {
    const { host, driver, uuid } = await openHost();
    host.inject({ call: 'SetPowerManagementLimit', delaySeconds: 0.02, times: 1 });
    await Promise.all([driver.setPowerLimit(uuid, 150), driver.setPowerLimit(uuid, 200)]);
    expect(host.truth(uuid).limitWatts).toBe(200);
  });

  it('counts the joules of the driver', async () => {
    const { host, driver, uuid } = await openHost();
    host.setLoad(uuid, 1);
    const before = [await driver.energyJoules(uuid), host.truth(uuid).joules] as const;
    host.skip(100);
    const drawn = (await driver.energyJoules(uuid)) - before[0];
    const truth = host.truth(uuid).joules - before[1];
    expect(Math.abs(drawn - truth) / truth).toBeLessThan(0.005);
  });

  it('sums up power where there is no counter', async () => {
    const { host, driver, uuid } = await openHost([{ energySupported: false, architecture: 4 }]);
    expect((await driver.describe())[0]!.energy).toBe('integrated');
    host.setLoad(uuid, 1);
    await sleep(200);
    const before = [await driver.energyJoules(uuid), host.truth(uuid).joules] as const;
    await sleep(500);
    const drawn = (await driver.energyJoules(uuid)) - before[0];
    const truth = host.truth(uuid).joules - before[1];
    expect(Math.abs(drawn - truth) / truth).toBeLessThan(0.05);
  });

  it('says what is missing where there is no NVIDIA driver', async () => {
    await expect(openNvml({ library: 'libnvidia-ml-nowhere.so' })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/libnvidia-ml-nowhere\.so cannot be loaded .*; install the NVIDIA driver/),
    });
  });
});
