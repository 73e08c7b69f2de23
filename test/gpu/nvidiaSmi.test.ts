import { createNvidiaSmi } from '../../activities/gpu/nvidiaSmi';
import { describeGpuDriver } from '../activities/gpuDriverContract';
import { type NvmlHost, type StubGpu, createNvmlHost } from '../support/nvmlStub';

const hosts: NvmlHost[] = [];
afterAll(() => hosts.forEach((host) => host.remove()));

function createHost(gpus: readonly StubGpu[] = [{}]) {
  const host = createNvmlHost(gpus);
  hosts.push(host);
  return { host, driver: createNvidiaSmi({ program: host.nvidiaSmiPath, sampleSeconds: 0.1 }), uuid: host.uuids[0]! };
}

describeGpuDriver('nvidia-smi', async () => createHost([{}, { minWatts: 200, maxWatts: 300 }]).driver);

describe('createNvidiaSmi', () => {
  it('describes what a GPU is and what is in force', async () => {
    const { host, driver, uuid } = createHost([{ defaultWatts: 225, migSupported: true }]);
    host.setMode(uuid, { outOfBandWatts: 180.5 });
    expect(await driver.describe()).toEqual([
      {
        uuid,
        model: 'Tesla V100-PCIE-32GB',
        limits: { minWatts: 100, maxWatts: 250, currentWatts: 225, defaultWatts: 225, enforcedWatts: 180.5 },
        energy: 'integrated',
        persistence: true,
        mig: false,
      },
    ]);
  });

  it('changes the one GPU it was told to', async () => {
    const { host, driver, uuid } = createHost([{}, {}]);
    await driver.setPowerLimit(uuid, 150.25);
    expect(host.sets()).toEqual([expect.objectContaining({ uuid, watts: 150.25, code: 0 })]);
  });

  it('notices that a limit did not last without persistence', async () => {
    const { host, driver, uuid } = createHost();
    host.setMode(uuid, { persistence: false });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toThrow(/to 150 W: it reads 250 W after that/);
  });

  it('notices that a set is not supported although the exit code is 0', async () => {
    const { host, driver, uuid } = createHost();
    host.inject({ call: 'SetPowerManagementLimit', code: 3 });
    await expect(driver.setPowerLimit(uuid, 250)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it.each([
    [4, 'forbidden', 'Insufficient Permissions, exit code 4'],
    [15, 'lost', 'GPU is lost, exit code 15'],
    [18, 'unavailable', 'Driver/library version mismatch, exit code 18'],
    [999, 'unavailable', 'Unknown Error, exit code 255'],
  ])('tells NVML %i on a set as %s, with the words of nvidia-smi', async (code, kind, words) => {
    const { host, driver, uuid } = createHost();
    host.inject({ call: 'SetPowerManagementLimit', code });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({
      kind,
      message: expect.stringMatching(new RegExp(`^Cannot set the power limit of GPU ${uuid} to 150 W: .*${words}`)),
    });
  });

  it.each([
    [9, "couldn't communicate with the NVIDIA driver"],
    [18, 'Failed to initialize NVML: Driver/library version mismatch'],
  ])('tells that NVML did not start (%i)', async (code, words) => {
    const { host, driver } = createHost();
    host.inject({ call: 'Init', code });
    await expect(driver.list()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(words) });
  });

  it('reads a failing cell as a failure, though the exit code is 0', async () => {
    const { host, driver, uuid } = createHost([{}, {}]);
    await driver.list();
    host.inject({ call: 'GetPowerManagementLimit', uuid, code: 15 });
    await expect(driver.powerLimitWatts(uuid)).rejects.toMatchObject({ kind: 'lost' });
    expect((await driver.list()).map((gpu) => gpu.uuid)).toEqual([host.uuids[1]]);
  });

  it('leaves out GPUs without limits, with the reason', async () => {
    const { driver } = createHost([{ limitSupported: false }]);
    expect(await driver.list()).toEqual([]);
    expect((await driver.describe())[0]!.unusable).toContain('no settable power limit');
  });

  it('gives up on a program that hangs, and says so of one that is missing', async () => {
    const { host, uuid } = createHost();
    host.inject({ call: 'Init', delaySeconds: 3 });
    const slow = createNvidiaSmi({ program: host.nvidiaSmiPath, timeoutSeconds: 0.2 });
    await expect(slow.powerLimitWatts(uuid)).rejects.toThrow(/gave no answer in 0.2 s/);
    await expect(createNvidiaSmi({ program: '/nowhere/nvidia-smi' }).list()).rejects.toThrow(
      /ENOENT.*install the tools/,
    );
  });
});
