/** A GPU driver in words that another process understands: the sentinel has to make the same one. */
import { createRequire } from 'node:module';
import { z } from 'zod';
import { createAmdgpu } from '../amdgpu';
import type { BoardOptions } from '../boards';
import type { GpuDriver } from '../driver';
import { createNvidiaSmi } from '../nvidiaSmi';
import { openNvml } from '../nvml';
import { openZeusd } from '../zeusd';

export const driverDescriptionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nvml'), library: z.string().min(1).optional() }),
  z.strictObject({ kind: z.literal('nvidiaSmi'), program: z.string().min(1).optional() }),
  z.strictObject({
    kind: z.literal('zeusd'),
    socketPath: z.string().min(1).optional(),
    /** `env:NAME` or `file:/path`, for the description is seen by whoever lists processes. */
    token: z
      .string()
      .regex(/^(env|file):/)
      .optional(),
    nvmlLibrary: z.string().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('amdgpu'), root: z.string().min(1).optional() }),
  /** A driver of the user's own: a module, by absolute path, that exports `createGpuDriver(options)`. */
  z.strictObject({ kind: z.literal('module'), path: z.string().min(1), options: z.json().optional() }),
]);

export type DriverDescription = z.output<typeof driverDescriptionSchema>;

export async function createDriver(description: DriverDescription, options: BoardOptions = {}): Promise<GpuDriver> {
  switch (description.kind) {
    case 'nvml':
      return openNvml({ ...options, library: description.library });
    case 'nvidiaSmi':
      return createNvidiaSmi({ ...options, program: description.program });
    case 'zeusd':
      return openZeusd({
        ...options,
        socketPath: description.socketPath,
        token: description.token,
        nvmlLibrary: description.nvmlLibrary,
      });
    case 'amdgpu':
      return createAmdgpu({ ...options, root: description.root });
    case 'module':
      return fromModule(description.path, description.options);
  }
}

async function fromModule(path: string, options: unknown): Promise<GpuDriver> {
  const module: unknown = createRequire(__filename)(path);
  const create: unknown = typeof module === 'object' && module !== null && Reflect.get(module, 'createGpuDriver');
  const driver: unknown = typeof create === 'function' ? await create(options) : undefined;
  if (isGpuDriver(driver)) return driver;
  throw new Error(`Cannot make a GPU driver from ${path}: export a function createGpuDriver that answers one.`);
}

const methods = ['list', 'powerLimitWatts', 'setPowerLimit', 'energyJoules'] as const;

function isGpuDriver(value: unknown): value is GpuDriver {
  return (
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
