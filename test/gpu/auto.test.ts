import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AutoOptions, findGpus, sayFound, tryGpuDrivers } from '../../activities/gpu/auto';
import { hasSysAdmin } from '../../activities/gpu/privilege';
import { type NvmlHost, createNvmlHost } from '../support/nvmlStub';
import { startZeusdFake } from '../support/zeusdFake';

let host: NvmlHost;
let empty: string;
beforeEach(() => {
  host = createNvmlHost([{}, {}]);
  empty = mkdtempSync(path.join(tmpdir(), 'wattbandit-empty-'));
});
afterEach(() => {
  host.remove();
  rmSync(empty, { recursive: true });
});

/** A host where nothing is installed, but for what is said. */
const only = (found: AutoOptions = {}): AutoOptions => ({
  zeusd: { socketPath: path.join(empty, 'zeusd.sock') },
  nvml: { library: path.join(empty, 'libnvidia-ml.so.1') },
  amdgpu: { root: empty },
  nvidiaSmi: { program: path.join(empty, 'nvidia-smi') },
  maySetNvidia: () => true,
  ...found,
});

describe('tryGpuDrivers', () => {
  it('prefers zeusd, then NVML, then nvidia-smi', async () => {
    const kinds = async (options: AutoOptions) => (await tryGpuDrivers(options)).map(({ kind }) => kind);
    const nvidiaSmi = { program: host.nvidiaSmiPath };
    const nvml = { library: host.libraryPath };
    const zeusd = await startZeusdFake(host);
    expect(await kinds(only({ nvidiaSmi }))).toEqual(['zeusd', 'nvml', 'amdgpu', 'nvidiaSmi']);
    expect(await kinds(only({ nvidiaSmi, nvml }))).toEqual(['zeusd', 'nvml']);
    expect(
      await kinds(only({ nvidiaSmi, nvml, zeusd: { socketPath: zeusd.socketPath, nvmlLibrary: host.libraryPath } })),
    ).toEqual(['zeusd']);
    await zeusd.stop();
  });

  it('says why each that was passed over does not work', async () => {
    const attempts = await tryGpuDrivers(only());
    expect(attempts.map(({ kind, remark, driver }) => [kind, remark, driver])).toEqual([
      ['zeusd', expect.stringMatching(/zeusd does not answer at .*zeusd\.sock .*; start it/), undefined],
      ['nvml', expect.stringMatching(/libnvidia-ml\.so\.1 cannot be loaded .*; install the NVIDIA driver/), undefined],
      ['amdgpu', 'it finds no GPU', undefined],
      ['nvidiaSmi', expect.stringMatching(/cannot be run .*; install the tools/), undefined],
    ]);
    await expect(findGpus(only())).rejects.toThrow(
      /^Cannot find GPUs on this host: .*zeusd: .*nvml: .*amdgpu: .*nvidiaSmi: /,
    );
  });

  it('passes over a driver that reaches no usable GPU, and keeps what it saw', async () => {
    const mig = createNvmlHost([{ migSupported: true }]);
    mig.setMode(mig.uuids[0]!, { mig: true });
    const attempts = await tryGpuDrivers(
      only({ nvml: { library: mig.libraryPath }, nvidiaSmi: { program: host.nvidiaSmiPath } }),
    );
    expect(attempts[1]).toMatchObject({
      kind: 'nvml',
      remark: expect.stringMatching(/^GPU GPU-.*: MIG is on/),
      reports: [{ mig: true }],
    });
    expect(attempts.at(-1)).toMatchObject({ kind: 'nvidiaSmi' });
    mig.remove();
  });

  it('remarks that a process without the capability may only read', async () => {
    const attempts = await tryGpuDrivers(only({ nvml: { library: host.libraryPath }, maySetNvidia: () => false }));
    expect(attempts.at(-1)).toMatchObject({
      kind: 'nvml',
      driver: expect.anything(),
      remark: expect.stringContaining('CAP_SYS_ADMIN'),
    });
  });

  it('offers limits within the bounds of the site', async () => {
    const options = only({ nvml: { library: host.libraryPath }, site: { minWatts: 150, maxWatts: 200 } });
    const [gpu] = await (await findGpus(options)).driver.list();
    expect(gpu!.powerLimitsWatts).toEqual([150, 175, 200]);
    await expect(findGpus({ ...options, site: { minWatts: 400 } })).rejects.toThrow('bounds of the site');
  });
});

describe('hasSysAdmin', () => {
  it.each([
    ['CapEff:\t000001ffffffffff', true],
    ['CapEff:\t00000000a80425fb', false],
    ['CapPrm:\t000001ffffffffff\nCapEff:\t0000000000000000', false],
  ])('of %j is %p', (status, has) => expect(hasSysAdmin(status)).toBe(has));
});

describe('sayFound', () => {
  it('names the driver, its GPUs, and why the ones before it were passed over', async () => {
    const found = await findGpus(only({ nvml: { library: host.libraryPath } }));
    const said = sayFound(found);
    expect(said).toMatch(/^GPUs by nvml: Tesla V100-PCIE-32GB \(GPU-0.*\), Tesla V100-PCIE-32GB \(GPU-0/);
    expect(said).toMatch(/Passed over: zeusd: .*does not answer/);
  });
});
