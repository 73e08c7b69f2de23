/**
 * One open NVML per library and process, kept to the end: it holds the driver loaded, and with it the limits of GPUs without
 * persistence. After a reload of the driver the session starts again by itself.
 */
import { GpuError, messageOf } from './error';
import { NvmlError, nvmlCodes } from './nvmlErrors';
import { type NvmlDevice, type NvmlLibrary, loadNvmlLibrary } from './nvmlLibrary';

export interface NvmlSession {
  readonly library: NvmlLibrary;
  /** What NVML counts: GPUs, and those it no longer reaches. */
  devices(): Promise<readonly SessionDevice[]>;
  /** Asks one GPU, again after a new start where the driver was reloaded. */
  ask<T>(uuid: string, question: (device: NvmlDevice) => T | Promise<T>): Promise<T>;
}

export type SessionDevice = { readonly uuid: string } | Unreachable;

/** NVML counts it but cannot even name it. */
export interface Unreachable {
  readonly index: number;
  readonly failure: string;
}

const sessions = new Map<string, Promise<NvmlSession>>();

export async function openNvmlSession(file: string): Promise<NvmlSession> {
  const open = sessions.get(file) ?? createSession(file);
  sessions.set(file, open);
  try {
    return await open;
  } catch (error) {
    sessions.delete(file);
    throw error;
  }
}

/** A GPU that stays lost must not make every read start NVML anew. */
const shortestRestartSeconds = 1;

async function createSession(file: string): Promise<NvmlSession> {
  const library = await loadNvmlLibrary(file);
  await library.init();
  let handles = new Map<string, NvmlDevice>();
  let restart: { readonly atSeconds: number; readonly done: Promise<void> } | undefined;

  const find = () => {
    const found = Array.from({ length: library.count() }, (_, index) => deviceAt(library, index));
    handles = new Map();
    for (const one of found) if ('uuid' in one) handles.set(one.uuid, one.device);
    return found;
  };
  const restarted = () => {
    const now = performance.now() / 1000;
    if (restart === undefined || now - restart.atSeconds > shortestRestartSeconds) {
      restart = { atSeconds: now, done: reopen(library).then(() => void find()) };
    }
    return restart.done;
  };
  const deviceOf = (uuid: string) => {
    const device = handles.get(uuid);
    if (device === undefined) throw new NvmlError(nvmlCodes.gpuIsLost, 'nvmlDeviceGetHandleByIndex_v2');
    return device;
  };
  find();

  return {
    library,
    async devices() {
      try {
        return find();
      } catch (error) {
        if (!isStale(error)) throw error;
        await restarted();
        return find();
      }
    },
    async ask(uuid, question) {
      try {
        return await question(deviceOf(uuid));
      } catch (error) {
        if (!isStale(error)) throw error;
        await restarted();
        return question(deviceOf(uuid));
      }
    },
  };
}

type Found = { readonly uuid: string; readonly device: NvmlDevice } | Unreachable;

function deviceAt(library: NvmlLibrary, index: number): Found {
  try {
    const device = library.deviceAt(index);
    return { device, uuid: library.uuid(device) };
  } catch (error) {
    if (error instanceof NvmlError && error.code === nvmlCodes.uninitialized) throw error;
    return { index, failure: error instanceof GpuError ? error.reason : messageOf(error) };
  }
}

function isStale(error: unknown): boolean {
  const { uninitialized, gpuIsLost } = nvmlCodes;
  return error instanceof NvmlError && (error.code === uninitialized || error.code === gpuIsLost);
}

async function reopen(library: NvmlLibrary): Promise<void> {
  try {
    library.shutdown();
  } catch {
    // It is down already: that is why we are here.
  }
  await library.init();
}
