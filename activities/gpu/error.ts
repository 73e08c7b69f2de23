/** What GPU drivers throw: the kind says what a caller may do, the message what a person may do. */

/**
 * `outOfRange`, `absent`: fix the request. `forbidden`, `unsupported`: fix the host. `lost`, `unavailable`: wait, it may pass.
 */
export type GpuErrorKind = 'outOfRange' | 'absent' | 'forbidden' | 'unsupported' | 'lost' | 'unavailable';

export class GpuError extends Error {
  override readonly name = 'GpuError';
  constructor(
    readonly kind: GpuErrorKind,
    /** ‹meaning›; ‹remedy› */
    readonly reason: string,
    { action, cause }: { readonly action?: string; readonly cause?: unknown } = {},
  ) {
    super(action === undefined ? reason : `Cannot ${action}: ${reason}.`, { cause });
  }
}

/** The same failure, told with what was tried. */
export function gpuErrorFor(action: string, cause: unknown): GpuError {
  if (cause instanceof GpuError) return new GpuError(cause.kind, cause.reason, { action, cause });
  return new GpuError('unavailable', messageOf(cause), { action, cause });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The operating system's word for a failure, such as EACCES. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
