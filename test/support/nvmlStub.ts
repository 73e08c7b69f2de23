/**
 * Hosts with pretended NVIDIA GPUs: a directory with an NVML library, an nvidia-smi, and the state that both share, which
 * outlives every process. The tests hold the other end: load, faults, the truth, and the log of every set.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileNvmlStub } from './nvmlStubBuild';
import { type Control, openControl } from './nvmlStubControl';

/** Throughput T·softmin(1, ((p−p0)/(pk−p0))^a), draw min(c + u·p, d) watts, under a limit of p watts. */
export interface PowerCurve {
  readonly T: number;
  readonly p0: number;
  readonly pk: number;
  readonly a: number;
  readonly c: number;
  readonly u: number;
  readonly d: number;
}

/** Fits of recorded runs (Zeus's traces). */
export const powerCurves = {
  v100Resnet50: { T: 1.006, p0: 64, pk: 176.6, a: 0.54, c: 13, u: 0.87, d: 222 },
  v100Shufflenet: { T: 1.078, p0: 24.1, pk: 229.6, a: 0.15, c: 28, u: 0.57, d: 140 },
  a40Resnet50: { T: 1.003, p0: 10, pk: 202.6, a: 1.5, c: 44, u: 0.68, d: 241 },
} as const satisfies Record<string, PowerCurve>;

export interface StubGpu {
  readonly name?: string;
  readonly uuid?: string;
  readonly minWatts?: number;
  readonly maxWatts?: number;
  /** The highest, where not given. */
  readonly defaultWatts?: number;
  /** NVML's number: 4 Pascal, 5 Volta, 7 Ampere (power readings are 1 s averages from here on), 9 Hopper. */
  readonly architecture?: number;
  readonly limitSupported?: boolean;
  readonly energySupported?: boolean;
  readonly migSupported?: boolean;
  readonly idleWatts?: number;
  readonly responseSeconds?: number;
  readonly curve?: PowerCurve;
}

export interface Truth {
  readonly limitWatts: number;
  /** Lower than the limit under an out-of-band cap. */
  readonly enforcedWatts: number;
  /** Exact: the counter a client reads ticks every 100 ms. */
  readonly joules: number;
  readonly drawWatts: number;
  /** Relative to the unlimited speed, under the limit in force: a pretended trainer sleeps by it. */
  readonly throughput: number;
}

export interface Fault {
  /** An NVML function without `nvmlDevice`, `nvmlSystem`, `nvml`, `_v2`: `SetPowerManagementLimit`, `Init`; `*` is any. */
  readonly call: string;
  /** All GPUs, where not given. */
  readonly uuid?: string;
  /** The NVML return code; 0 only delays, -1 does nothing and reports success. */
  readonly code?: number;
  readonly delaySeconds?: number;
  /** For ever, where not given. */
  readonly times?: number;
}

/** As made: persistence on, MIG off, no process computing, no cap (0) by something outside the driver. */
export interface Mode {
  readonly persistence?: boolean;
  readonly mig?: boolean;
  readonly processes?: number;
  readonly outOfBandWatts?: number;
  /** Besides those that follow from load and limit: 0x8 slow-down, 0x20 and 0x40 thermal, 0x80 power brake. */
  readonly clockEventBits?: number;
  /** 0: it follows from the draw. */
  readonly celsius?: number;
}

export interface SetRecord {
  readonly atSeconds: number;
  readonly pid: number;
  readonly uuid: string;
  readonly watts: number;
  readonly code: number;
}

export type NvmlHost = ReturnType<typeof createNvmlHost>;

/** `privileged`: whether processes of this host may set limits; `byUser`: only root may. */
export type Privilege = 'privileged' | 'unprivileged' | 'byUser';

export function createNvmlHost(gpus: readonly StubGpu[]) {
  const built = compileNvmlStub();
  const directory = mkdtempSync(path.join(tmpdir(), 'wattbandit-gpus-'));
  // The library is copied, not linked: a process that opens two hosts must get two libraries.
  for (const name of ['libnvidia-ml.so.1', 'nvidia-smi']) {
    copyFileSync(path.join(built, name), path.join(directory, name));
  }
  const { control, driver } = openControl(built, 'controlCreate', path.join(directory, 'state'));
  gpus.forEach((gpu, i) => addGpu(control, driver, gpu, i));
  return hostAt(directory, control, driver);
}

/** Another process's end of a host: `directory` is that of the one who created it. */
export function openNvmlHost(directory: string): NvmlHost {
  const { control, driver } = openControl(compileNvmlStub(), 'controlOpen', path.join(directory, 'state'));
  return hostAt(directory, control, driver);
}

function hostAt(directory: string, control: Control, driver: unknown) {
  const uuids = Array.from({ length: control.controlCount(driver) }, (_, index) => {
    const text = Buffer.alloc(48);
    control.controlUuid(driver, index, text, text.length);
    return text.toString('latin1', 0, text.indexOf(0));
  });
  const indexOf = (uuid: string) => {
    const index = uuids.indexOf(uuid);
    if (index < 0) throw new Error(`Cannot find GPU ${uuid}: this host has ${uuids.join(', ')}.`);
    return index;
  };

  return {
    directory,
    libraryPath: path.join(directory, 'libnvidia-ml.so.1'),
    nvidiaSmiPath: path.join(directory, 'nvidia-smi'),
    statePath: path.join(directory, 'state'),
    uuids,
    /** What makes a child process of any language see these GPUs. */
    env: { LD_LIBRARY_PATH: directory, WATTBANDIT_NVML_STATE: path.join(directory, 'state') },

    truth(uuid: string): Truth {
      const numbers = new Float64Array(5);
      control.controlRead(driver, indexOf(uuid), numbers);
      const [limitMw = 0, enforcedMw = 0, joules = 0, drawWatts = 0, throughput = 0] = numbers;
      return { limitWatts: limitMw / 1000, enforcedWatts: enforcedMw / 1000, joules, drawWatts, throughput };
    },
    /** 0 idle, 1 busy; with a period, busy for `duty` of it. */
    setLoad(uuid: string, load: number, { periodSeconds = 0, duty = 0.5 } = {}) {
      control.controlSetLoad(driver, indexOf(uuid), load, periodSeconds, duty);
    },
    setCurve: (uuid: string, curve: PowerCurve) => setCurve(control, driver, indexOf(uuid), curve),
    /** Changes what it names and leaves the rest. */
    setMode(
      uuid: string,
      { persistence, mig, processes = -1, outOfBandWatts = -1, clockEventBits = -1, celsius = -1 }: Mode,
    ) {
      const flag = (on: boolean | undefined) => (on === undefined ? -1 : Number(on));
      const numbers = [
        flag(persistence),
        flag(mig),
        processes,
        Math.round(outOfBandWatts * 1000),
        clockEventBits,
        celsius,
      ];
      control.controlSetMode(driver, indexOf(uuid), Float64Array.from(numbers));
    },
    /** As an administrator does: past all faults, and not in the log of sets. */
    setLimit(uuid: string, watts: number) {
      control.controlSetLimit(driver, indexOf(uuid), Math.round(watts * 1000));
    },
    inject({ call, uuid, code = 0, delaySeconds = 0, times = -1 }: Fault) {
      const gpu = uuid === undefined ? -1 : indexOf(uuid);
      const found = control.controlAddRule(driver, gpu, call, code, Math.round(delaySeconds * 1e6), times);
      if (found !== 0) throw new Error(`Cannot inject a fault into ${call}: clear some first.`);
    },
    clearFaults: () => control.controlClearRules(driver),
    setPrivilege(privilege: Privilege) {
      control.controlSetPrivileged(driver, { privileged: 1, unprivileged: 0, byUser: -1 }[privilege]);
    },
    /** Handles of before are lost, limits are the defaults, energy counts from 0. */
    reloadDriver: () => control.controlReload(driver),
    /** Lets time pass on these GPUs without waiting for it. */
    skip: (seconds: number) => control.controlSkip(driver, seconds),
    /** Every set that reached the driver, in order, refused ones too; `from` skips those. */
    sets: (from = 0) => readSets(control, driver, from, uuids),
    remove() {
      control.controlClose(driver);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const defaults = {
  name: 'Tesla V100-PCIE-32GB',
  minWatts: 100,
  maxWatts: 250,
  architecture: 5,
  limitSupported: true,
  energySupported: true,
  migSupported: false,
  idleWatts: 40,
  responseSeconds: 0.03,
  curve: powerCurves.v100Resnet50,
} as const;

function addGpu(control: Control, driver: unknown, gpu: StubGpu, i: number): void {
  const all = { ...defaults, ...gpu };
  const { uuid = `GPU-${String(i).padStart(8, '0')}-5a1d-4c0f-9b3e-7f2a61c4d8e0`, defaultWatts = all.maxWatts } = all;
  const limits = [all.minWatts, all.maxWatts, defaultWatts].map((watts) => watts * 1000);
  const flags = [all.limitSupported, all.energySupported, all.migSupported].map(Number);
  const numbers = [...limits, all.architecture, ...flags, all.idleWatts, all.responseSeconds];
  const index = control.controlAddGpu(driver, uuid, all.name, Float64Array.from(numbers));
  if (index < 0) throw new Error('Cannot add a GPU: a host has at most 16.');
  setCurve(control, driver, index, all.curve);
}

function setCurve(control: Control, driver: unknown, index: number, { T, p0, pk, a, c, u, d }: PowerCurve): void {
  control.controlSetCurve(driver, index, Float64Array.from([T, p0, pk, a, c, u, d]));
}

function readSets(control: Control, driver: unknown, from: number, uuids: readonly string[]): readonly SetRecord[] {
  const count = Math.max(0, control.controlSets(driver, 0, null, 0) - from);
  const rows = new Float64Array(5 * count);
  control.controlSets(driver, from, rows, count);
  return Array.from({ length: count }, (_, i): SetRecord => {
    const [atSeconds = 0, pid = 0, gpu = 0, mw = 0, code = 0] = rows.subarray(5 * i);
    return { atSeconds, pid, uuid: uuids[gpu] ?? '', watts: mw / 1000, code };
  });
}
