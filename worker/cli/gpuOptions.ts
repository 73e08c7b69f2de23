/** How commands come by the GPUs of this host and by its power leases. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type AutoOptions,
  type GpuDriverAttempt,
  type GpuDriverKind,
  gpuDriverKinds,
  tryGpuDrivers,
} from '../../activities/gpu/auto';
import type { GpuDriver } from '../../activities/gpu/driver';
import { GpuError } from '../../activities/gpu/error';
import { defaultLeaseDirectory } from '../../activities/gpu/lease/directory';
import { type DriverDescription, createDriver } from '../../activities/gpu/lease/driverDescription';

export interface DriverChoice {
  readonly kind: GpuDriverKind | 'auto';
  /** A library, a socket, a directory or a program, as the driver has it; where it usually is unless given. */
  readonly place?: string | undefined;
}

export interface GpuOptions {
  readonly driver: DriverChoice;
  readonly zeusdToken?: string;
  readonly leases?: string;
}

export function addGpuOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--driver <kind[:place]>',
        `how to reach GPUs: auto, ${gpuDriverKinds.join(', ')}; as nvml:/opt/lib/libnvidia-ml.so.1`,
      )
        .env('WATTBANDIT_GPU_DRIVER')
        .argParser(driverChoice)
        .default({ kind: 'auto' }, 'auto'),
    )
    .option('--zeusd-token <env:NAME|file:path>', 'where the token for zeusd is', tokenReference)
    .option('--leases <directory>', 'where the power leases of this host are (else WATTBANDIT_LEASES)');
}

function driverChoice(text: string): DriverChoice {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const place = colon < 0 ? undefined : text.slice(colon + 1);
  const kind = gpuDriverKinds.find((one) => one === name);
  if (kind !== undefined && place !== '') return { kind, place };
  if (text === 'auto') return { kind: 'auto' };
  throw new InvalidArgumentError(
    `It must be auto, or one of ${gpuDriverKinds.join(', ')}, alone or with ":" and a place.`,
  );
}

function tokenReference(text: string): string {
  if (/^(env|file):./.test(text)) return text;
  throw new InvalidArgumentError(
    'It must be env:NAME or file:path; a token itself would be seen in the list of processes.',
  );
}

/** Every driver that was tried, the one that works last. */
export function tryDrivers({ driver: { kind, place }, zeusdToken: token }: GpuOptions) {
  const options: AutoOptions = {
    zeusd: { token, ...(kind === 'zeusd' && place !== undefined && { socketPath: place }) },
    ...(kind === 'nvml' && { nvml: { library: place } }),
    ...(kind === 'amdgpu' && { amdgpu: { root: place } }),
    ...(kind === 'nvidiaSmi' && { nvidiaSmi: { program: place } }),
  };
  return tryGpuDrivers(kind === 'auto' ? options : { ...options, kinds: [kind] });
}

/**
 * The first driver that sees GPUs, usable for runs or not: a limit is put back also where no run may go any more.
 * @throws GpuError `absent` if there is none
 */
export async function driverThatSees(options: GpuOptions): Promise<GpuDriver> {
  const attempts = await tryDrivers(options);
  const usable = attempts.find(({ driver }) => driver !== undefined)?.driver;
  if (usable !== undefined) return usable;
  const seeing = attempts.find(({ reports }) => reports.length > 0);
  if (seeing !== undefined) return createDriver(descriptionOf(seeing.kind, options));
  throw new GpuError('absent', noGpuText(attempts));
}

function descriptionOf(kind: GpuDriverKind, { driver: { place }, zeusdToken: token }: GpuOptions): DriverDescription {
  switch (kind) {
    case 'zeusd':
      return { kind, socketPath: place, token };
    case 'nvml':
      return { kind, library: place };
    case 'amdgpu':
      return { kind, root: place };
    case 'nvidiaSmi':
      return { kind, program: place };
  }
}

export function noGpuText(attempts: readonly GpuDriverAttempt[]): string {
  return ['Cannot find GPUs on this host: no driver reaches one.', ...attempts.map(attemptText)].join('\n');
}

export function attemptText({ kind, driver, remark }: GpuDriverAttempt): string {
  if (driver === undefined) return `${kind} is not used: ${remark ?? 'no reason given'}`;
  return remark === undefined ? `${kind} is used` : `${kind} is used, but ${remark}`;
}

export async function leaseDirectoryOf({ leases }: GpuOptions): Promise<string> {
  return leases === undefined ? defaultLeaseDirectory() : resolve(leases);
}
