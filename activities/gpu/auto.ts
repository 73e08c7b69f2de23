/** Finds the driver for this host: the first that reaches a usable GPU, and why the ones before it do not. */
import { type AmdgpuOptions, createAmdgpu } from './amdgpu';
import type { BoardOptions } from './boards';
import { GpuError, messageOf } from './error';
import { type NvidiaSmiOptions, createNvidiaSmi } from './nvidiaSmi';
import { type NvmlOptions, openNvml } from './nvml';
import { hasSysAdmin } from './privilege';
import type { GpuReport, ReportingGpuDriver } from './report';
import { type ZeusdOptions, openZeusd } from './zeusd';

export const gpuDriverKinds = ['zeusd', 'nvml', 'amdgpu', 'nvidiaSmi'] as const;
export type GpuDriverKind = (typeof gpuDriverKinds)[number];

/** One driver, tried. */
export interface GpuDriverAttempt {
  readonly kind: GpuDriverKind;
  readonly reports: readonly GpuReport[];
  /** Present if it reaches a usable GPU. */
  readonly driver?: ReportingGpuDriver;
  /** Why it does not; or, if it does, what will not work all the same. */
  readonly remark?: string | undefined;
}

export interface AutoOptions extends BoardOptions {
  /** Those to try; all unless given. */
  readonly kinds?: readonly GpuDriverKind[];
  readonly zeusd?: ZeusdOptions;
  readonly nvml?: NvmlOptions;
  readonly amdgpu?: AmdgpuOptions;
  readonly nvidiaSmi?: NvidiaSmiOptions;
  readonly maySetNvidia?: () => boolean;
}

/**
 * Tries in order of preference and stops at the first that works, which is then the last of the result. zeusd comes first
 * because the worker then needs no privilege, nvidia-smi last because each call is a process and its text no interface.
 */
export async function tryGpuDrivers(options: AutoOptions = {}): Promise<readonly GpuDriverAttempt[]> {
  const { site = {}, maySetNvidia = hasSysAdmin, kinds = gpuDriverKinds } = options;
  const remark = () => (maySetNvidia() ? undefined : unprivileged);
  const candidates: readonly Candidate[] = [
    { kind: 'zeusd', open: () => openZeusd({ site, ...options.zeusd }) },
    { kind: 'nvml', open: () => openNvml({ site, ...options.nvml }), remark },
    { kind: 'amdgpu', open: async () => createAmdgpu({ site, ...options.amdgpu }) },
    { kind: 'nvidiaSmi', open: async () => createNvidiaSmi({ site, ...options.nvidiaSmi }), remark },
  ];
  const attempts: GpuDriverAttempt[] = [];
  for (const candidate of candidates.filter(({ kind }) => kinds.includes(kind))) {
    const attempt = await attemptAt(candidate);
    attempts.push(attempt);
    if (attempt.driver !== undefined) break;
  }
  return attempts;
}

export interface FoundGpuDriver extends GpuDriverAttempt {
  readonly driver: ReportingGpuDriver;
  /** Those tried before it, with why they do not work. */
  readonly passedOver: readonly GpuDriverAttempt[];
}

/** The first driver that works; else an error with every reason. */
export async function findGpus(options: AutoOptions = {}): Promise<FoundGpuDriver> {
  const attempts = await tryGpuDrivers(options);
  const last = attempts.at(-1);
  if (last?.driver !== undefined) return { ...last, driver: last.driver, passedOver: attempts.slice(0, -1) };
  throw new GpuError(
    'absent',
    `no driver reaches a usable GPU; \`--simulated v100\` needs none. ${reasonsOf(attempts)}`,
    {
      action: 'find GPUs on this host',
    },
  );
}

/** Which driver was taken, and why not the ones before it, in a line for people. */
export function sayFound({ kind, reports, remark, passedOver }: FoundGpuDriver): string {
  const usable = reports.filter(({ unusable }) => unusable === undefined);
  const gpus = usable.map(({ uuid, model }) => `${model} (${uuid})`).join(', ');
  const others = passedOver.length === 0 ? [] : [`Passed over: ${reasonsOf(passedOver)}`];
  return [`GPUs by ${kind}: ${gpus}`, ...(remark === undefined ? [] : [remark]), ...others].join('. ');
}

function reasonsOf(attempts: readonly GpuDriverAttempt[]): string {
  return attempts.map(({ kind, remark }) => `${kind}: ${remark ?? 'no reason given'}`).join('. ');
}

interface Candidate {
  readonly kind: GpuDriverKind;
  readonly open: () => Promise<ReportingGpuDriver>;
  readonly remark?: () => string | undefined;
}

const unprivileged = 'this process lacks CAP_SYS_ADMIN, so it may read and not set; grant that, or run zeusd';

async function attemptAt({ kind, open, remark }: Candidate): Promise<GpuDriverAttempt> {
  try {
    const driver = await open();
    const reports = await driver.describe();
    if ((await driver.list()).length > 0) return { kind, reports, driver, remark: remark?.() };
    const reasons = reports.map(
      ({ uuid, unusable = 'the bounds of the site leave it no limit' }) => `GPU ${uuid}: ${unusable}`,
    );
    return { kind, reports, remark: reasons.join('. ') || 'it finds no GPU' };
  } catch (error) {
    return { kind, reports: [], remark: error instanceof GpuError ? error.reason : messageOf(error) };
  }
}
