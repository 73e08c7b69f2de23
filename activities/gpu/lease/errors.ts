/** Errors of the lease, and the reading of others' errors. */

/** Another run holds the GPU: wait and try again, or go to another host. */
export class GpuBusy extends Error {
  override readonly name = 'GpuBusy';
  constructor(
    readonly uuid: string,
    holder: string,
  ) {
    super(`Cannot hold GPU ${uuid}: ${holder} holds it; wait for it or go to another host.`);
  }
}

/** Not by `instanceof`: errors of Node come from another realm in jest. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
