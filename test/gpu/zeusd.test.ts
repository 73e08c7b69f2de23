import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openZeusd } from '../../activities/gpu/zeusd';
import { describeGpuDriver } from '../activities/gpuDriverContract';
import { type NvmlHost, createNvmlHost } from '../support/nvmlStub';
import { type ZeusdFakeOptions, startZeusdFake } from '../support/zeusdFake';

const stops: (() => void | Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});
const nowhere = 'libnvidia-ml-nowhere.so';

async function openHost(options: ZeusdFakeOptions & { withNvml?: boolean; reference?: string } = {}) {
  const host: NvmlHost = createNvmlHost([{}, {}]);
  host.setPrivilege('unprivileged'); // what is set, zeusd set
  const zeusd = await startZeusdFake(host, options);
  stops.push(() => host.remove(), zeusd.stop);
  const driver = await openZeusd({
    socketPath: zeusd.socketPath,
    nvmlLibrary: options.withNvml === false ? nowhere : host.libraryPath,
    token: options.reference,
  });
  return { host, zeusd, driver, uuid: host.uuids[0]! };
}

describeGpuDriver('zeusd with NVML to read by', async () => (await openHost()).driver);
describeGpuDriver('zeusd alone', async () => (await openHost({ withNvml: false })).driver);

describe('openZeusd', () => {
  it('sets through the daemon what NVML here may only read', async () => {
    const { zeusd, host, driver, uuid } = await openHost();
    await driver.setPowerLimit(uuid, 150);
    expect(host.truth(uuid).limitWatts).toBe(150);
    expect(zeusd.requests).toContain('POST /gpu/set_power_limit?gpu_ids=0&power_limit_mw=150000&block=true');
    expect(zeusd.requests.filter((line) => line.includes('get_power_limit'))).toEqual([]);
    expect((await driver.describe())[0]!.limits).toMatchObject({ defaultWatts: 250, enforcedWatts: 150 });
  });

  it('knows GPUs by their place on the bus where there is no NVML', async () => {
    const { host, driver } = await openHost({ withNvml: false });
    await driver.setPowerLimit('PCI-0000:1b:00.0', 175);
    expect(host.truth(host.uuids[1]!).limitWatts).toBe(175);
    expect((await driver.describe())[0]).toEqual({
      uuid: 'PCI-0000:1a:00.0',
      model: 'Tesla V100-PCIE-32GB',
      limits: { minWatts: 100, maxWatts: 250, currentWatts: 250 },
      energy: 'counter',
      persistence: true,
    });
  });

  it('matches a daemon that tells indices only with NVML, by the order and the names of all', async () => {
    const { host, driver } = await openHost({ tellsAddresses: false });
    await driver.setPowerLimit(host.uuids[1]!, 175);
    expect(host.truth(host.uuids[1]!).limitWatts).toBe(175);
  });

  it.each([
    ['there is no NVML to match them with', { tellsAddresses: false, withNvml: false }],
    ['NVML sees others', { tellsAddresses: false, names: ['Tesla V100-PCIE-32GB', 'NVIDIA A40'] }],
  ])('uses no GPU known by index only where %s', async (_, options) => {
    const { driver, uuid } = await openHost(options);
    expect(await driver.list()).toEqual([]);
    expect((await driver.describe())[0]!.unusable).toContain('by index only');
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({ kind: 'absent' });
  });

  it.each([
    [
      403,
      '{"errors":{"0":"NVML error: the current user does not have permission to perform this operation"}}',
      'forbidden',
    ],
    [400, '{"errors":{"0":"NVML error: this operation is not supported by the target device"}}', 'unsupported'],
    [400, '{"errors":{"0":"NVML error: a provided argument was invalid"}}', 'outOfRange'],
    [
      500,
      '{"errors":{"0":"NVML error: the target GPU has fallen off the bus / has otherwise become inaccessible: GPU is lost"}}',
      'lost',
    ],
    [400, 'GPU index 0 does not exist.', 'absent'],
    [500, '{"error":"Command task died"}', 'unavailable'],
  ])('tells its %i %s as %s', async (status, body, kind) => {
    const { driver, zeusd, uuid } = await openHost();
    zeusd.answerSets({ status, body });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toMatchObject({
      kind,
      message: expect.stringMatching(
        new RegExp(`^Cannot set the power limit of GPU ${uuid} to 150 W: zeusd refuses with ${status} .*; `),
      ),
    });
  });

  it('notices a set that the daemon reported and nobody made', async () => {
    const { driver, zeusd, uuid } = await openHost();
    zeusd.answerSets({ status: 200, body: '' });
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toThrow('it reads 250 W after that');
  });

  it('shows a token from a variable or a file, as it is at that moment', async () => {
    const { host, zeusd } = await openHost({ token: 'secret' });
    const uuid = 'PCI-0000:1a:00.0';
    const open = (token: string) => openZeusd({ socketPath: zeusd.socketPath, nvmlLibrary: nowhere, token });
    await expect(open('env:WATTBANDIT_NOWHERE')).rejects.toThrow(
      /there is none at env:WATTBANDIT_NOWHERE; write env:NAME/,
    );
    await expect(open('secret')).rejects.toThrow(/malformed; write env:NAME or file:/);

    process.env['WATTBANDIT_TEST_TOKEN'] = 'outdated';
    const byVariable = await open('env:WATTBANDIT_TEST_TOKEN');
    await expect(byVariable.setPowerLimit(uuid, 150)).rejects.toThrow(/401 .*env:NAME or file:/);
    process.env['WATTBANDIT_TEST_TOKEN'] = 'secret';
    await byVariable.setPowerLimit(uuid, 150);

    const file = path.join(host.directory, 'token');
    writeFileSync(file, 'secret\n');
    await (await open(`file:${file}`)).setPowerLimit(uuid, 125);
    expect(host.truth(host.uuids[0]!).limitWatts).toBe(125);
  });

  it('names the scope that a token lacks', async () => {
    const { host, zeusd, uuid } = await openHost({ token: 'secret', scopes: ['gpu-read'] });
    const file = path.join(host.directory, 'token');
    writeFileSync(file, 'secret');
    const options = { socketPath: zeusd.socketPath, nvmlLibrary: host.libraryPath, token: `file:${file}` };
    await expect((await openZeusd(options)).setPowerLimit(uuid, 150)).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('scopes gpu-read and gpu-control'),
    });
  });

  it('uses no GPU where the daemon may not control them', async () => {
    const { driver } = await openHost({ groups: ['gpu-read'] });
    expect(await driver.list()).toEqual([]);
    expect((await driver.describe())[0]!.unusable).toContain('--enable gpu-read,gpu-control');
  });

  it('says where it looked for a daemon that is not there, or went', async () => {
    await expect(openZeusd({ socketPath: '/nowhere/zeusd.sock' })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('/nowhere/zeusd.sock'),
    });
    const { driver, zeusd, uuid } = await openHost();
    await driver.list();
    await zeusd.stop();
    await expect(driver.setPowerLimit(uuid, 150)).rejects.toThrow(
      new RegExp(`${uuid} to 150 W: zeusd does not answer at`),
    );
  });
});
